using HaProxyNet.Connections;
using HaProxyNet.Control.Documents;
using HaProxyNet.Management.Predecessors;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Teardown;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Management;

/// <summary>
/// Lists the open connections. It looks at them from outside their lanes: each figure is true for some moment of the look, and the data
/// path pays nothing for it.
/// </summary>
internal sealed class SessionReader(TransportEngine engine, PredecessorReports predecessors, TimeProvider time)
{
    /// <summary>All connections, the oldest first, and behind them those that an upgrade has left with processes before this one.</summary>
    public async Task<IReadOnlyList<SessionEntry>> ReadAsync() => [.. await ReadOwnAsync(), .. predecessors.Sessions];

    /// <summary>The connections of this process, the oldest first.</summary>
    public async Task<IReadOnlyList<SessionEntry>> ReadOwnAsync()
    {
        var open = new List<(long At, SessionEntry Entry)>();
        foreach (var connection in await engine.ConnectionsAsync())
        {
            open.Add((connection.AcceptedAt, Describe(connection)));
        }

        return [.. open.OrderBy(c => c.At).Select(c => c.Entry)];
    }

    private SessionEntry Describe(ProxyConnection connection)
    {
        var (progress, now) = (connection.Activity as IRelayProgress, time.GetTimestamp());
        var age = Elapsed(connection.AcceptedAt, now);
        return new SessionEntry(
            connection.ClientEndPoint.ToString(),
            connection.Listener.Name,
            connection.Cluster?.Name,
            connection.Destination?.Name,
            connection.ConnectedAt > 0 ? "open" : progress is null ? "connecting" : "idle",
            time.GetUtcNow() - age,
            Math.Round(age.TotalSeconds, 3),
            progress?.BytesIn ?? 0,
            progress?.BytesOut ?? 0,
            Acked(progress, RelaySide.Client, connection.DestinationSocket),
            Acked(progress, RelaySide.Destination, connection.Client),
            Math.Round(Elapsed(Math.Max(connection.LastByteAt, connection.AcceptedAt), now).TotalSeconds, 3))
        {
            Peer = connection.Introduced is null ? null : connection.Client.RemoteEndPoint.ToString(),
        };
    }

    /// <summary>The count is read before the queue: what moves in between makes the figure too small, never too large.</summary>
    private static long? Acked(IRelayProgress? progress, RelaySide from, TransportSocket? to)
    {
        if (progress is null || to is null)
        {
            return null;
        }

        var (delivered, held) = (from is RelaySide.Client ? progress.BytesIn : progress.BytesOut, progress.Held(from));
        var acked = Acknowledgement.Of(delivered, held, to.Unacknowledged, hasFin: false);
        return acked < 0 ? null : acked;
    }

    /// <summary>A lane may be ahead of this thread's look at the clock.</summary>
    private TimeSpan Elapsed(long since, long now) => time.GetElapsedTime(since, Math.Max(since, now));
}
