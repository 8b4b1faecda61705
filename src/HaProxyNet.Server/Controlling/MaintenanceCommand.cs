using System.CommandLine;
using HaProxyNet.Management.Control;

namespace HaProxyNet.Server.Controlling;

/// <summary><c>drain</c>, <c>disable</c> and <c>enable</c>: takes a destination out of service, or puts it back.</summary>
internal static class MaintenanceCommand
{
    public static Command Drain() => TakeOut(
        ControlVerbs.Drain, "Gives a destination no new connections; what is open goes on, and it stays watched. Survives a restart.");

    public static Command Disable() => TakeOut(
        ControlVerbs.Disable, "Gives a destination no new connections and no probes; what is open goes on. Survives a restart.");

    public static Command Enable()
    {
        var (options, destination) = (new ControlOptions(), DestinationArgument.Create());
        var command =
            options.AddTo(new Command(ControlVerbs.Enable, "Puts a destination back that was drained or disabled.") { destination });
        command.SetAction(async (parsed, stop) =>
        {
            var (cluster, name) = parsed.GetValue(destination);
            return await SimpleCommand.RunAsync(options, parsed, new(ControlVerbs.Enable) { Cluster = cluster, Destination = name }, stop);
        });
        return command;
    }

    private static Command TakeOut(string verb, string description)
    {
        var (options, destination, wait) = (new ControlOptions(), DestinationArgument.Create(), WaitTime.Option());
        var command = options.AddTo(new Command(verb, description) { destination, wait });
        command.SetAction(async (parsed, stop) =>
        {
            var (cluster, name) = parsed.GetValue(destination);
            var reply = await options.AskAsync(parsed, new(verb) { Cluster = cluster, Destination = name }, stop);
            if (reply is null)
            {
                return 1;
            }

            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{reply.Message}; {Connections.Count(reply.Open ?? 0)} open on it");
            return parsed.GetValue(wait) is { } longest
                ? await new DrainWait(options, parsed, cluster, name, TimeProvider.System).RunAsync(longest, stop)
                : 0;
        });
        return command;
    }
}
