using System.CommandLine;
using HaProxyNet.Control;

namespace HaProxyNet.Server.Controlling;

/// <summary>
/// The commands that change one thing and say what they did: <c>switch</c>, <c>failback</c>, <c>close</c>, <c>reload</c>.
/// </summary>
internal static class SimpleCommand
{
    public static Command Switch()
    {
        var options = new ControlOptions();
        var cluster = ClusterArgument();
        var destination = new Argument<string>("DEST") { Description = "The destination that new connections go to." };
        var command = options.AddTo(new Command(
            ControlVerbs.Switch,
            "Makes a destination the active one, whatever the failback mode, as long as it can be used and until 'failback'. Survives a "
                + "restart.")
        {
            cluster,
            destination,
        });
        command.SetAction((parsed, stop) => RunAsync(
            options, parsed, new(ControlVerbs.Switch) { Cluster = parsed.GetValue(cluster), Destination = parsed.GetValue(destination) },
            stop));
        return command;
    }

    public static Command Failback()
    {
        var (options, cluster) = (new ControlOptions(), ClusterArgument());
        var command = options.AddTo(new Command(
            ControlVerbs.Failback, "Takes a switch back, and goes to the most preferred destination that is up, now.") { cluster });
        command.SetAction(
            (parsed, stop) => RunAsync(options, parsed, new(ControlVerbs.Failback) { Cluster = parsed.GetValue(cluster) }, stop));
        return command;
    }

    public static Command Close()
    {
        var (options, destination) = (new ControlOptions(), DestinationArgument.Create());
        var command = options.AddTo(new Command(
            ControlVerbs.Close,
            "Resets the connections that are open on a destination: their requests' outcome is unknown to the clients.") { destination });
        command.SetAction((parsed, stop) =>
        {
            var (cluster, name) = parsed.GetValue(destination);
            return RunAsync(options, parsed, new(ControlVerbs.Close) { Cluster = cluster, Destination = name }, stop);
        });
        return command;
    }

    public static Command Reload()
    {
        var options = new ControlOptions();
        var command = options.AddTo(new Command(
            ControlVerbs.Reload,
            "Takes the configuration over now, listeners as well. Exit code 1, and every fault, when it cannot be taken over; then nothing "
                + "has changed."));
        command.SetAction((parsed, stop) => RunAsync(options, parsed, new(ControlVerbs.Reload), stop));
        return command;
    }

    /// <summary>Asks, prints what was done, and gives the exit code.</summary>
    public static async Task<int> RunAsync(ControlOptions options, ParseResult parsed, ControlRequest request, CancellationToken stop)
    {
        if (await options.AskAsync(parsed, request, stop) is not { } reply)
        {
            return 1;
        }

        await parsed.InvocationConfiguration.Output.WriteLineAsync(reply.Message);
        return 0;
    }

    private static Argument<string> ClusterArgument() => new("CLUSTER") { Description = "The cluster." };
}
