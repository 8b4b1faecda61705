using System.Collections.Concurrent;
using System.Net;
using HaProxyNet.State;

namespace HaProxyNet.Listening;

/// <summary>
/// Finds addresses of destinations that lead back to the proxy itself: a listener that gives its connections to the same cluster again. A
/// connect there would be a connection that opens the next one, without end. Asked before every connect and probe, so none is made. Any
/// thread; no lock and no allocation where no listener has the port.
/// </summary>
internal sealed class LoopDetector(ListenerDirectory listeners, OwnAddresses own)
{
    /// <summary>How many listeners may stand between: more than anybody puts behind each other.</summary>
    private const int MostSteps = 4;

    /// <summary>More than a machine has destinations that something redirects.</summary>
    private const int MostRedirected = 1024;

    /// <summary>Addresses whose connections have arrived here, whatever their look: something on the way redirects them.</summary>
    private readonly ConcurrentDictionary<IPEndPoint, Listener> _redirected = new();

    /// <summary>Whether a connection of this cluster that goes there comes back to this cluster.</summary>
    public bool LeadsBack(Cluster cluster, IPEndPoint address) => LeadsBack(cluster, address, MostSteps);

    /// <summary>A connection to this address has arrived at a listener of the proxy. False: that was known.</summary>
    public bool Learn(IPEndPoint address, Listener listener)
    {
        var isNews = !_redirected.TryGetValue(address, out var known) || !ReferenceEquals(known, listener);
        if (isNews && _redirected.Count < MostRedirected)
        {
            _redirected[address] = listener;
        }

        return isNews;
    }

    /// <summary>The listener at which connections to this address have arrived, which its look does not say; null: at none.</summary>
    public Listener? RedirectedTo(IPEndPoint address) => _redirected.IsEmpty ? null : _redirected.GetValueOrDefault(address);

    /// <summary>Connections to this address do not arrive here any more.</summary>
    public void Forget(IPEndPoint address) => _redirected.TryRemove(address, out _);

    private bool LeadsBack(Cluster cluster, IPEndPoint address, int steps)
    {
        var redirectedTo = RedirectedTo(address);
        var all = listeners.All;
        for (var i = 0; i < all.Count; i++)
        {
            var arrives = ReferenceEquals(all[i], redirectedTo) || (all[i].BoundAddress is { } bound && own.Reaches(bound, address));
            if (arrives && Serves(all[i], cluster, steps))
            {
                return true;
            }
        }

        return false;
    }

    private bool Serves(Listener listener, Cluster cluster, int steps)
        => listener.Plan.Clusters.Any(next => ReferenceEquals(next, cluster) || (steps > 0 && GoesBack(cluster, next, steps - 1)));

    /// <summary>Only where the next cluster gives connections now: two clusters may stand in for each other.</summary>
    private bool GoesBack(Cluster cluster, Cluster next, int steps)
        => next.Candidates.Destinations is [var first, ..] && first.Addresses.Any(address => LeadsBack(cluster, address, steps));
}
