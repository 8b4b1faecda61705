using System.CommandLine;
using HaProxyNet.Control;

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
        var force = new Option<bool>("--force")
        {
            Description = "Take it out even if all other destinations of the cluster are out: clients are refused then.",
        };
        var command = options.AddTo(new Command(verb, description) { destination, wait, force });
        command.SetAction(async (parsed, stop) =>
        {
            var (cluster, name) = parsed.GetValue(destination);
            var request = new ControlRequest(verb) { Cluster = cluster, Destination = name, Force = parsed.GetValue(force) ? true : null };
            var (time, began, longest) = (TimeProvider.System, TimeProvider.System.GetTimestamp(), parsed.GetValue(wait));
            var reply = longest is { } patience
                ? await new LeaseWait(options, parsed, time).AskAsync(request, patience, stop)
                : await options.SendAsync(parsed, request, stop);
            if (!await ControlOptions.ReportAsync(parsed, reply))
            {
                return 1;
            }

            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{reply.Message}; {Connections.Count(reply.Open ?? 0)} open on it");
            return longest is { } limit
                ? await new DrainWait(options, parsed, cluster, name, time).RunAsync(Remaining(limit, time.GetElapsedTime(began)), stop)
                : 0;
        });
        return command;
    }
    private static TimeSpan Remaining(TimeSpan limit, TimeSpan elapsed) => limit > elapsed ? limit - elapsed : TimeSpan.Zero;
}
