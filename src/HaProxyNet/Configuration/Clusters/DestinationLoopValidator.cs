using System.Net;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Configuration.Clusters;

/// <summary>
/// No listener's cluster leads straight back to that listener, which would open connections to itself without end.
/// Only what is certain is a fault: the listener's own address, or a loopback address that the listener covers.
/// </summary>
internal sealed class DestinationLoopValidator : IOptionsValidator
{
    public void Validate(ValidationContext context)
    {
        var listenersOf = context.Listeners
            .SelectMany(listener => ValidationContext.ClustersOf(listener.Options)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(cluster => (Cluster: cluster, Listener: listener)))
            .ToLookup(one => one.Cluster, one => one.Listener, StringComparer.OrdinalIgnoreCase);
        foreach (var (path, name, cluster) in context.Clusters)
        {
            var listeners = listenersOf[name];
            foreach (var (destinationPath, destination) in ValidationContext.Destinations(path, cluster))
            {
                var loop = listeners.FirstOrDefault(listener => LeadsTo(destination, listener.Options));
                if (loop.Options is not null)
                {
                    context.Faults.Add(
                        destinationPath.Child(nameof(DestinationOptions.Address)),
                        $"{destination.Address} is where this proxy itself listens ({loop.Path})",
                        "the address of the server behind the proxy");
                }
            }
        }
    }

    private static bool LeadsTo(DestinationOptions destination, ListenerOptions listener) =>
        DestinationAddress.TryParse(destination.Address, out var address) &&
        ListenEndPoint.TryParse(listener.Endpoint, out var endPoint) &&
        address.Port == endPoint.Port &&
        (address.WithoutDot.Host is "localhost" ? IPAddress.Loopback : address.IP) is { } ip &&
        (ip.Equals(endPoint.Address) || (IPAddress.IsLoopback(ip) && EndpointOverlapValidator.Covers(endPoint.Address, ip)));
}
