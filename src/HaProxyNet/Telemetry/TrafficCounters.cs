using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Telemetry;

/// <summary>
/// Sums over the connections of one listener to one destination. A connection adds its own once when it opens and once when it ends;
/// the metrics read them at a scrape. Any thread, no lock.
/// </summary>
internal sealed class TrafficCounters
{
    private static readonly int _outcomes = Enum.GetValues<ConnectionOutcome>().Length;
    private readonly long[] _ended = new long[_outcomes];
    private long _active;
    private long _bytesIn;
    private long _bytesOut;

    /// <summary>Connections open now.</summary>
    public long Active => Volatile.Read(ref _active);

    /// <summary>Bytes from clients to the destination.</summary>
    public long BytesIn => Volatile.Read(ref _bytesIn);

    /// <summary>Bytes from the destination to clients.</summary>
    public long BytesOut => Volatile.Read(ref _bytesOut);

    /// <summary>Whether any connection was counted.</summary>
    public bool IsUsed => Active > 0 || _ended.AsSpan().ContainsAnyExcept(0);

    /// <summary>Connections that ended this way.</summary>
    public long Ended(ConnectionOutcome outcome) => Volatile.Read(ref _ended[(int)outcome]);

    /// <summary>Counts a connection that has got its destination.</summary>
    public void Open() => Interlocked.Increment(ref _active);

    /// <summary>Counts a connection that was open and has ended.</summary>
    public void Close(ConnectionOutcome outcome, long bytesIn, long bytesOut)
    {
        Interlocked.Add(ref _bytesIn, bytesIn);
        Interlocked.Add(ref _bytesOut, bytesOut);
        Interlocked.Increment(ref _ended[(int)outcome]);
        Interlocked.Decrement(ref _active);
    }

    /// <summary>Counts a connection that ended before it had a destination.</summary>
    public void EndUnconnected(ConnectionOutcome outcome) => Interlocked.Increment(ref _ended[(int)outcome]);
}
