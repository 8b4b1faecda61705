using System.Net;
using HaProxyNet.State;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Health.Methods;

/// <summary>
/// Asks the addresses of a destination until one serves, all within one deadline: the next one when those before have failed, or have not
/// answered for a moment. An address that is silent costs the others nothing.
/// </summary>
/// <param name="ask">Asks one address. It throws nothing but the end of the proxy.</param>
/// <param name="delay">How long an address is waited for before the next one is asked as well.</param>
/// <param name="time">The clock.</param>
internal sealed class AddressRace(Func<IPEndPoint, CancellationToken, Task<ProbeAnswer>> ask, TimeSpan delay, TimeProvider time)
{
    /// <summary>All addresses are asked in the first half of the time that there is.</summary>
    public static TimeSpan DelayWithin(TimeSpan timeout, int addresses)
    {
        var share = timeout / (2 * Math.Max(addresses, 1));
        return AddressOrder.DelayBefore(share);
    }

    /// <summary>The first address that serves; else null, and the strongest answer of all.</summary>
    /// <exception cref="OperationCanceledException">The proxy stops.</exception>
    public async ValueTask<(ProbeAnswer Answer, IPEndPoint? Address)> RunAsync(AddressOrder addresses, CancellationToken deadline)
    {
        using var race = CancellationTokenSource.CreateLinkedTokenSource(deadline);
        var running = new List<(Task<ProbeAnswer> Task, IPEndPoint Address)>();
        var strongest = new ProbeAnswer(ProbeResult.LocalFailure);
        for (var next = 0; ;)
        {
            if (next < addresses.Count && (next == 0 || !deadline.IsCancellationRequested))
            {
                running.Add((ask(addresses[next], race.Token), addresses[next]));
                next++;
            }

            var isLast = next == addresses.Count || deadline.IsCancellationRequested;
            if (running.Count == 0)
            {
                return (strongest, null);
            }

            var ended = await FirstEndAsync(running, isLast ? Timeout.InfiniteTimeSpan : delay, race.Token);
            if (ended < 0)
            {
                continue;
            }

            var (task, address) = running[ended];
            running.RemoveAt(ended);
            var answer = await task;
            if (answer.Result is ProbeResult.Success)
            {
                await race.CancelAsync();
                await ((Task)Task.WhenAll(running.Select(r => r.Task))).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return (answer, address);
            }

            strongest = ProbeAnswer.Stronger(strongest, answer);
        }
    }

    /// <summary>The place of the first one that has ended; -1: none has within the time.</summary>
    private async ValueTask<int> FirstEndAsync(
        List<(Task<ProbeAnswer> Task, IPEndPoint Address)> running,
        TimeSpan within,
        CancellationToken race)
    {
        var first = Task.WhenAny(running.Select(r => r.Task));
        if (within == Timeout.InfiniteTimeSpan)
        {
            await first;
        }
        else
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(race);
            await Task.WhenAny(first, Task.Delay(within, time, enough.Token));
            await enough.CancelAsync();
        }

        return running.FindIndex(r => r.Task.IsCompleted);
    }
}
