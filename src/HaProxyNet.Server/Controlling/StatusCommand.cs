using System.CommandLine;
using System.Text.Json;
using HaProxyNet.Control;
using HaProxyNet.Control.Documents;
using Spectre.Console;

namespace HaProxyNet.Server.Controlling;

/// <summary><c>status</c>: who is active, and why.</summary>
internal static class StatusCommand
{
    /// <summary>How often <c>--watch</c> looks.</summary>
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var options = new ControlOptions();
        var watch = new Option<bool>("--watch") { Description = "Show it anew every second, until Ctrl-C." };
        var json = new Option<bool>("--json") { Description = "The document of /api/v1/status." };
        var command = options.AddTo(new Command(ControlVerbs.Status, "Shows clusters, destinations and listeners of the running proxy.")
        {
            watch,
            json,
        });
        command.SetAction((parsed, stop) => parsed.GetValue(watch)
            ? WatchAsync(options, parsed, parsed.GetValue(json), stop)
            : ShowAsync(options, parsed, parsed.GetValue(json), stop));
        return command;
    }

    private static async Task<int> ShowAsync(ControlOptions options, ParseResult parsed, bool json, CancellationToken stop)
    {
        if (await options.AskAsync(parsed, new(ControlVerbs.Status), stop) is not { Status: { } status })
        {
            return 1;
        }

        Write(parsed.InvocationConfiguration.Output, status, json);
        return 0;
    }

    private static void Write(TextWriter output, ProxyStatus status, bool json)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(status, StatusJson.Default.ProxyStatus));
        }
        else
        {
            Screen.Show(output, StatusTables.Of(status));
        }
    }

    /// <summary>A proxy that restarts is waited for: an operator who watches wants to see it come back.</summary>
    private static async Task<int> WatchAsync(ControlOptions options, ParseResult parsed, bool json, CancellationToken stop)
    {
        using var interruption = new Interruption(stop);
        var end = interruption.Token;
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        try
        {
            if (!json && Screen.Of(output) is { } console)
            {
                await console.Live(new Text("")).StartAsync(async screen =>
                {
                    while (true)
                    {
                        var reply = await options.SendAsync(parsed, new(ControlVerbs.Status), end);
                        screen.UpdateTarget(reply.Status is { } status
                            ? Screen.Stack(StatusTables.Of(status))
                            : new Text(reply.Error ?? ""));
                        await Task.Delay(_interval, TimeProvider.System, end);
                    }
                });
            }

            while (!OutputReader.HasLeft(output))
            {
                var reply = await options.SendAsync(parsed, new(ControlVerbs.Status), end);
                if (reply.Status is { } status)
                {
                    Write(output, status, json);
                    await output.FlushAsync(end);
                }
                else
                {
                    await error.WriteLineAsync($"haproxynet status: {reply.Error}");
                }

                await Task.Delay(_interval, TimeProvider.System, end);
            }

            return 0;
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return 0;
        }
    }
}
