using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.State;

/// <summary>
/// Whether a cluster's clients find a destination. What resets everyone is not always a destination that is down: this machine may lack
/// ports, or its own rules may forbid each connect. Any thread.
/// </summary>
internal sealed class ClusterService
{
    /// <summary>Where nobody asks the destinations, a cluster gets another chance after this.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(1);

    private long _unservedAt;

    /// <summary>A client has got its destination, or none.</summary>
    /// <param name="end">The connection's end; null: it has its destination.</param>
    /// <param name="now">When, as a timestamp.</param>
    public void Note(ConnectionOutcome? end, long now)
    {
        if (end is ConnectionOutcome.NoDestination)
        {
            Volatile.Write(ref _unservedAt, now);
        }
        else if (end is null && Volatile.Read(ref _unservedAt) != 0)
        {
            Volatile.Write(ref _unservedAt, 0);
        }
    }

    /// <summary>Whether the last client found no destination, and nothing has shown since that the next one would.</summary>
    /// <param name="lastProven">When a destination last accepted.</param>
    /// <param name="time">The clock of both.</param>
    public bool ResetsEveryone(long lastProven, TimeProvider time)
    {
        var at = Volatile.Read(ref _unservedAt);
        return at != 0 && lastProven < at && time.GetElapsedTime(at) < _longest;
    }
}
