using System.CommandLine;
using HaProxyNet.Control;
using HaProxyNet.Server.CommandLine;

namespace HaProxyNet.Server.Controlling;

/// <summary><c>ready</c>: the exit code of <c>/readyz</c>, for health checks and scripts.</summary>
internal static class ReadyCommand
{
    /// <summary>A proxy answers in milliseconds; a health check that waits longer says nothing.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var socket = ControlOptions.Socket();
        var file = ConfigurationOptions.File();
        var command = new Command(ControlVerbs.Ready, "Exit code 0 when the proxy is ready, as /readyz says; 1 when it is not, with the "
            + "reasons, or does not answer.") { socket, file };
        command.Validators.Add(result =>
        {
            if (result.GetResult(file)?.Tokens is [{ Value: { Length: > 0 } path }] && !File.Exists(path))
            {
                result.AddError($"there is no file {path}; --config names the running proxy's configuration file");
            }
        });
        command.SetAction((parsed, stop) =>
            RunAsync(ReadyPlaces.Of(parsed.GetValue(socket), parsed.GetValue(file)), parsed.InvocationConfiguration, stop));
        return command;
    }

    private static async Task<int> RunAsync(ReadyPlaces places, InvocationConfiguration streams, CancellationToken stop)
    {
        var (obstacles, fault) = await AskControlAsync(places, stop);
        if (obstacles is null && places.Admin is { } admin)
        {
            obstacles = await InTimeAsync(limit => ReadyzClient.AskAsync(admin, limit), stop);
            fault += $"; nor does one at http://{admin}/readyz";
        }

        if (obstacles is null)
        {
            await streams.Error.WriteLineAsync($"haproxynet {ControlVerbs.Ready}: {fault}");
            return 1;
        }

        foreach (var line in obstacles is [] ? ["ready"] : obstacles)
        {
            await streams.Output.WriteLineAsync(line);
        }

        return obstacles is [] ? 0 : 1;
    }

    private static async Task<(IReadOnlyList<string>? Obstacles, string Fault)> AskControlAsync(ReadyPlaces places, CancellationToken stop)
    {
        var reply = await InTimeAsync(limit => ControlClient.SendAsync(places.Control, new(ControlVerbs.Ready), limit)!, stop);
        return (reply?.Obstacles, reply is null
            ? $"no proxy has answered within {_patience.TotalSeconds} s"
            : reply.Error ?? "the proxy does not know this command");
    }

    /// <summary>An answer, or null when none has come in time.</summary>
    private static async Task<T?> InTimeAsync<T>(Func<CancellationToken, Task<T?>> ask, CancellationToken stop)
        where T : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(_patience);
        try
        {
            return await ask(limit.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return null;
        }
    }
}
