using HaProxyNet.Listening;
using HaProxyNet.State;

namespace HaProxyNet.Management;

/// <summary>Whether the proxy can serve a connection on every listener now, and if not, why.</summary>
internal sealed class ProxyReadiness(
    ListenerDirectory listeners, ClusterDirectory clusters, Succession succession, TimeProvider time)
{
    private bool _isDraining;

    /// <summary>Set when the shutdown begins.</summary>
    public bool IsDraining
    {
        get => Volatile.Read(ref _isDraining);
        set => Volatile.Write(ref _isDraining, value);
    }

    /// <summary>One line a reason; none when the proxy is ready.</summary>
    public IReadOnlyList<string> Obstacles()
    {
        if (succession.HasHappened)
        {
            // The service is not away: the process that has taken over answers all who ask anew.
            return [];
        }

        if (IsDraining)
        {
            return ["draining: the proxy is shutting down"];
        }

        return
        [
            .. listeners.All.Where(l => l.BoundAddress is null).Select(Missing),
            .. listeners.All.Where(l => !l.Ready.IsCompleted).Select(l => $"listener {l.Name} waits for the names of its destinations"),
            .. clusters.All.Where(c => c.Active.Current is null).Select(c => $"cluster {c.Name} has no destination that is up"),
            .. clusters.All
                .Where(c => c.Active.Current is not null && c.Service.ResetsEveryone(c.Plan.Destinations.Max(d => d.LastProven), time))
                .Select(c => $"cluster {c.Name} has found no destination for its last client"),
        ];
    }

    private static string Missing(Listener listener)
    {
        var why = listener.Socket is { Obstacle: not System.Net.Sockets.SocketError.Success } socket ? $": {socket.ObstacleInWords}" : "";
        return $"listener {listener.Name} does not listen on {listener.Plan.Address}{why}";
    }
}
