using System.CommandLine;
using HaProxyNet.Control;

namespace HaProxyNet.Server.Controlling;

/// <summary>
/// Waits until the last connection of a destination is gone. The proxy may restart meanwhile: it keeps the drain, and is asked again until
/// it answers or the time is over.
/// </summary>
internal sealed class DrainWait(ControlOptions options, ParseResult parsed, string cluster, string destination, TimeProvider time)
{
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(200);

    /// <summary>One that was on its way from the list to the destination shows up at the second look at the latest.</summary>
    private const int LooksThatAgree = 2;

    /// <summary>The exit code: 0 when nothing is open any more, 1 when the time is over or someone ends the wait.</summary>
    public async Task<int> RunAsync(TimeSpan longest, CancellationToken stop)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        using var interruption = new Interruption(stop);
        var (began, quiet, last) = (time.GetTimestamp(), 0, "nothing is known of it");
        var request = new ControlRequest(ControlVerbs.Open) { Cluster = cluster, Destination = destination };
        while (true)
        {
            try
            {
                var reply = await options.SendAsync(parsed, request, interruption.Token);
                quiet = reply is { Error: null, Open: 0 } ? quiet + 1 : 0;
                last = reply.Error ?? $"{Connections.Count(reply.Open ?? 0)} open";
                if (quiet >= LooksThatAgree)
                {
                    await output.WriteLineAsync($"{cluster}/{destination} has no connection any more");
                    return 0;
                }

                if (time.GetElapsedTime(began) >= longest)
                {
                    await error.WriteLineAsync(
                        $"{cluster}/{destination}: the time is over after {longest}, and the destination is still in use: {last}");
                    return 1;
                }

                await Task.Delay(_look, time, interruption.Token);
            }
            catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
            {
                await error.WriteLineAsync($"{cluster}/{destination}: not waited for any longer, and still taken out: {last}");
                return 1;
            }
        }
    }
}
