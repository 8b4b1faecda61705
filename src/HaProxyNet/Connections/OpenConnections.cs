using HaProxyNet.Transport;

namespace HaProxyNet.Connections;

/// <summary>All lanes, all connections: written once.</summary>
internal static class OpenConnections
{
    /// <summary>The connections of every lane, each list true for some moment of the look. Any thread.</summary>
    public static async Task<IReadOnlyList<ProxyConnection>> ConnectionsAsync(this TransportEngine engine)
    {
        var all = new List<ProxyConnection>();
        foreach (var lane in engine.Lanes)
        {
            all.AddRange((await lane.Snapshot()).Cast<ProxyConnection>());
        }

        return all;
    }
}
