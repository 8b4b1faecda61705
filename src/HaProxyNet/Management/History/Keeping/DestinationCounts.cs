using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Management.History.Keeping;

/// <summary>A destination's counters at one moment.</summary>
/// <param name="In">Bytes from clients.</param>
/// <param name="Out">Bytes to clients.</param>
/// <param name="Failures">Attempts that failed, by <see cref="Kinds"/>.</param>
/// <param name="Waits">How long clients waited for it.</param>
/// <param name="Calls">How long connections lasted that ended in order.</param>
internal sealed record DestinationCounts(long In, long Out, long[] Failures, long[] Waits, long[] Calls)
{
    /// <summary>The kinds of failures.</summary>
    public static readonly ConnectStatus[] Kinds =
        [.. Enum.GetValues<ConnectStatus>().Where(s => s is not (ConnectStatus.Pending or ConnectStatus.Connected))];

    /// <summary>Those of one that has never been used.</summary>
    public static DestinationCounts None { get; } = new(0, 0, new long[Kinds.Length], TimeCounts.None, TimeCounts.None);

    /// <summary>The counters now; the same object as <paramref name="known"/> where nothing has come since.</summary>
    public static DestinationCounts Of(Destination destination, DestinationCounts known)
    {
        var (traffic, bytesIn, bytesOut) = (destination.AllTraffic, 0L, 0L);
        for (var i = 0; i < traffic.Count; i++)
        {
            bytesIn += traffic[i].BytesIn;
            bytesOut += traffic[i].BytesOut;
        }

        var failures = FailuresOf(destination.Connects, known.Failures);
        var (waits, calls) = (destination.Waits.Read(known.Waits), destination.Calls.Read(known.Calls));
        var isSame = (bytesIn, bytesOut) == (known.In, known.Out)
            && ReferenceEquals(failures, known.Failures) && ReferenceEquals(waits, known.Waits) && ReferenceEquals(calls, known.Calls);
        return isSame ? known : new(bytesIn, bytesOut, failures, waits, calls);
    }

    private static long[] FailuresOf(ConnectTelemetry connects, long[] known)
    {
        var failures = known;
        for (var i = 0; i < Kinds.Length; i++)
        {
            var count = connects.Failures(Kinds[i]);
            if (count != failures[i])
            {
                failures = ReferenceEquals(failures, known) ? [.. known] : failures;
                failures[i] = count;
            }
        }

        return failures;
    }
}
