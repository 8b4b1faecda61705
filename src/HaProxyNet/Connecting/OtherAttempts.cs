using HaProxyNet.Connections;
using HaProxyNet.State;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Connecting;

/// <summary>
/// The attempts of a connection that were slow and go on in addition to the current one: connects, and handshakes with destinations that
/// have accepted.
/// </summary>
internal static class OtherAttempts
{
    /// <summary>Whether there are any.</summary>
    public static bool AreUnderWay(ProxyConnection connection) => connection.HasSlowAttempts || connection.Handshakes is { IsOpen: true };

    /// <summary>The same, after a wait for the last one of a kind, which has failed.</summary>
    public static bool AreLeft(ProxyConnection connection)
    {
        LetConnectsGo(connection, isTaken: false);
        return AreUnderWay(connection);
    }

    /// <summary>Keeps one that has just stepped aside.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="attempt">What is known of it.</param>
    /// <param name="hasAccepted">It is a handshake; else a connect.</param>
    public static void Keep(ProxyConnection connection, SlowAttempt attempt, bool hasAccepted)
    {
        if (hasAccepted)
        {
            connection.Handshakes!.Keep(attempt);
        }
        else
        {
            connection.Lane.KeepSlow(connection, attempt);
        }
    }

    /// <summary>The connection has its destination, or has ended: their ends are evidence only.</summary>
    public static void LetGo(ProxyConnection connection, bool isTaken)
    {
        LetConnectsGo(connection, isTaken);
        if (connection.Handshakes is { } handshakes)
        {
            connection.Handshakes = null;
            ReportLost(connection, handshakes.LetGo().Cast<SlowAttempt>(), isTaken);
        }
    }

    /// <summary>The same for connects alone.</summary>
    public static void LetConnectsGo(ProxyConnection connection, bool isTaken)
    {
        if (connection.HasSlowAttempts)
        {
            ReportLost(connection, connection.Lane.LetSlowGo(connection).Cast<SlowAttempt>(), isTaken);
        }
    }

    /// <summary>Counts which of the two was taken, where a connection was hedged.</summary>
    public static void CountHedge(ProxyConnection connection, Destination? slow, ConnectionOutcome end)
    {
        if (slow is not null && end is ConnectionOutcome.None)
        {
            connection.Cluster!.Hedges.Count(preferredWon: ReferenceEquals(connection.Destination, slow));
        }
    }

    /// <summary>Another address of the destination that was taken has lost nothing.</summary>
    private static void ReportLost(ProxyConnection connection, IEnumerable<SlowAttempt> attempts, bool isTaken)
    {
        foreach (var attempt in attempts)
        {
            if (isTaken && !ReferenceEquals(attempt.Destination, connection.Destination))
            {
                attempt.LostTheHedge();
            }
        }
    }
}
