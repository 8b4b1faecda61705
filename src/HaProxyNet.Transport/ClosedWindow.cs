using System.Runtime.InteropServices;

namespace HaProxyNet.Transport;

/// <summary>
/// A peer that lives and reads nothing. Its system answers every question about its window, yet TCP_USER_TIMEOUT counts from the first of
/// them and ends the connection all the same: TCP makes no difference between a peer that is slow and one that is gone. So the limit is
/// raised for as long as answers come, and the time without an answer stays what it was. Pure.
/// </summary>
/// <param name="Since">When the window can have closed at the earliest.</param>
/// <param name="Acknowledged">Bytes acknowledged by then: more of them mean that the window has been open since.</param>
/// <param name="Limit">The limit that the socket is to have.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ClosedWindow(TimeSpan Since, ulong Acknowledged, TimeSpan Limit)
{
    /// <summary>
    /// Looks that must fall into one user timeout. The system asks a peer with a closed window at least once in two thirds of it, and at
    /// most once in a third; after each answer the limit has to be raised before the next question is due.
    /// </summary>
    private const int LooksWithin = 8;

    private static readonly TimeSpan _shortestPeriod = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _longestPeriod = TimeSpan.FromSeconds(10);

    /// <summary>How often to look at sockets with this user timeout.</summary>
    public static TimeSpan Period(TimeSpan userTimeout)
        => TimeSpan.FromTicks(Math.Clamp(userTimeout.Ticks / LooksWithin, _shortestPeriod.Ticks, _longestPeriod.Ticks));

    /// <summary>What is true of a socket now; null: its window is open, and its limit is the user timeout.</summary>
    /// <param name="queue">What its system says.</param>
    /// <param name="before">What the last look has found.</param>
    /// <param name="now">Now.</param>
    /// <param name="looked">When the last look was.</param>
    /// <param name="userTimeout">How long a peer may be silent.</param>
    public static ClosedWindow? Decide(in SendQueue queue, ClosedWindow? before, TimeSpan now, TimeSpan looked, TimeSpan userTimeout)
    {
        if (!queue.IsHeld)
        {
            return null;
        }

        var isSame = before is { } known && known.Acknowledged == queue.Acknowledged;
        var since = isSame ? before!.Value.Since : looked;
        if (queue.Silent >= userTimeout)
        {
            // It gets no more time. Acknowledgements from before the window closed say nothing, either.
            return isSame ? before : new(since, queue.Acknowledged, userTimeout);
        }

        // The system counts from its first question; the limit ends a user timeout after the last answer.
        var limit = userTimeout + Positive(now - queue.Silent - since);
        return new(since, queue.Acknowledged, limit);
    }

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}
