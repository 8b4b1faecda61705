using System.CommandLine;
using HaProxyNet.Control;

namespace HaProxyNet.Server.Controlling;

/// <summary>
/// Asks until the proxy grants it: as long as all other destinations of the cluster are out, it refuses to take out the last one.
/// </summary>
internal sealed class LeaseWait(ControlOptions options, ParseResult parsed, TimeProvider time)
{
    private static readonly TimeSpan _look = TimeSpan.FromSeconds(1);

    /// <summary>The answer that is not "all others are out", or the last one when the time is over or someone ends the wait.</summary>
    public async Task<ControlReply> AskAsync(ControlRequest request, TimeSpan longest, CancellationToken stop)
    {
        using var interruption = new Interruption(stop);
        var (began, isTold) = (time.GetTimestamp(), false);
        while (true)
        {
            var reply = await options.SendAsync(parsed, request, stop);
            if (reply.IsLeaseHeld is not true || time.GetElapsedTime(began) >= longest)
            {
                return reply;
            }

            if (!isTold)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"waiting: {reply.Error}");
                isTold = true;
            }

            try
            {
                await Task.Delay(_look, time, interruption.Token);
            }
            catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
            {
                return reply;
            }
        }
    }
}
