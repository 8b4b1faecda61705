using System.CommandLine;
using System.Globalization;
using HaProxyNet.Configuration;
using Spectre.Console;

namespace HaProxyNet.Server.Demo;

/// <summary><c>demo</c>: two simulated agents, the proxy and a client in one process; the primary fails and comes back on a loop.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var listen = new Option<string>("--listen")
        {
            Description = "Where the proxy listens.",
            HelpName = "EP",
            DefaultValueFactory = _ => "127.0.0.1:5050",
        };
        var admin = new Option<string>("--admin")
        {
            Description = "Where metrics and status are served.",
            HelpName = "EP",
            DefaultValueFactory = _ => "127.0.0.1:9090",
        };
        var duration = new Option<TimeSpan?>("--duration")
        {
            Description = "End after this time, such as 00:00:20; without it the demo ends on Ctrl-C.",
            HelpName = "T",
            CustomParser = argument => TimeSpan.TryParse(argument.Tokens[0].Value, CultureInfo.InvariantCulture, out var time) && time > TimeSpan.Zero
                ? time
                : Refuse(argument),
        };
        var command = new Command("demo", "Shows the proxy at work between simulated agents and a client; nothing else is needed.") { listen, admin, duration };
        command.SetAction((result, _) => RunAsync(
            new DemoSettings(result.GetValue(listen)!, result.GetValue(admin)!, result.GetValue(duration)),
            result.InvocationConfiguration));
        return command;
    }

    private static TimeSpan? Refuse(System.CommandLine.Parsing.ArgumentResult argument)
    {
        argument.AddError($"--duration: '{argument.Tokens[0].Value}' is no time; hours:minutes:seconds, such as 00:00:20");
        return null;
    }

    private static async Task<int> RunAsync(DemoSettings settings, InvocationConfiguration invocation)
    {
        var events = new DemoEvents(TimeProvider.System);
        var free = settings.WithFreeEndpoints(events);
        await using var stage = new DemoStage(free, events, TimeProvider.System);
        if (stage.Faults is { Count: > 0 } faults)
        {
            FaultPrinter.Print(invocation.Error, faults);
            return 1;
        }

        IDemoView view = AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected
            ? new LiveView(DemoStage.Title)
            : new LinesView(invocation.Output, DemoStage.Title);
        var report = await stage.PlayAsync(view);
        await invocation.Output.WriteLineAsync(report.ToString());
        return report.IsClean ? 0 : 1;
    }
}
