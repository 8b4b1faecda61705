namespace HaProxyNet.Telemetry;

/// <summary>Connections of a cluster for which a second destination was tried because the first one was slow. Any thread.</summary>
internal sealed class HedgeCounters
{
    private long _preferred;
    private long _other;

    /// <summary>The slow one got the connection after all.</summary>
    public long PreferredWon => Volatile.Read(ref _preferred);

    /// <summary>Another one got it.</summary>
    public long OtherWon => Volatile.Read(ref _other);

    /// <summary>Counts a hedged connection that has its destination.</summary>
    public void Count(bool preferredWon)
    {
        if (preferredWon)
        {
            Interlocked.Increment(ref _preferred);
        }
        else
        {
            Interlocked.Increment(ref _other);
        }
    }
}
