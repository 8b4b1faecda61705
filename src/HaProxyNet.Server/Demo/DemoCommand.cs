using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using HaProxyNet.Configuration.Syntax;
using HaProxyNet.Server.CommandLine;
using Spectre.Console;

namespace HaProxyNet.Server.Demo;

/// <summary><c>demo</c>: two simulated agents, the proxy and a client in one process; the primary fails and comes back on a loop.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var listen = new Option<string?>("--listen")
        {
            Description = "Where the proxy listens; default: 127.0.0.1:5050, or a free port.",
            HelpName = "EP",
        };
        var admin = new Option<string?>("--admin")
        {
            Description = "Metrics and status; default: 127.0.0.1:9090, or a free port.",
            HelpName = "EP",
        };
        var duration = new Option<TimeSpan?>("--duration")
        {
            Description = "End after this time, such as 00:00:20; without it the demo ends on Ctrl-C.",
            HelpName = "T",
            CustomParser = Duration,
        };
        var command = new Command("demo", "Shows the proxy at work between simulated agents and a client; nothing else is needed.")
        {
            listen,
            admin,
            duration,
        };
        command.SetAction((result, stop) => RunAsync(
            new DemoSettings(result.GetValue(listen), result.GetValue(admin), result.GetValue(duration)),
            result.InvocationConfiguration,
            stop));
        return command;
    }

    private static TimeSpan? Duration(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (ValueSyntax.ProblemOf(typeof(TimeSpan), text) is { } problem)
        {
            argument.AddError($"--duration {problem}; {ValueSyntax.Allowed(typeof(TimeSpan))}");
            return null;
        }

        var duration = TimeSpan.Parse(text, CultureInfo.InvariantCulture);
        if (duration <= TimeSpan.Zero)
        {
            argument.AddError($"--duration {text} is no time to show anything in");
        }

        return duration;
    }

    private static async Task<int> RunAsync(DemoSettings settings, InvocationConfiguration invocation, CancellationToken stop)
    {
        var events = new DemoEvents(TimeProvider.System);
        await using var stage =
            new DemoStage(DemoEndpoints.For(settings, events), settings.Duration ?? DemoSettings.Longest, events, TimeProvider.System);
        if (stage.Faults() is { Count: > 0 } faults)
        {
            FaultPrinter.Print(invocation.Error, faults);
            return 1;
        }

        var report = await stage.PlayAsync(View(invocation.Output), stop);
        await invocation.Output.WriteLineAsync(report.Waits());
        await invocation.Output.WriteLineAsync(report.ToString());
        return report.HasShown || (stage.WasEnded && report.IsClean) ? 0 : 1;
    }

    private static IDemoView View(TextWriter output)
        => ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Interactive
            ? new LiveView(AnsiConsole.Console)
            : new LinesView(output);
}
