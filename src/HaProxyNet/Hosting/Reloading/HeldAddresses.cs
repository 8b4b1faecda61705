using System.Net;
using System.Net.Sockets;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Listening;
using HaProxyNet.Reloading;

namespace HaProxyNet.Hosting.Reloading;

/// <summary>
/// The addresses that this proxy itself has: the system gives one to one socket at a time, and the one before is not closed while a reload
/// may still fail. A fault says so, and does not look for another program.
/// </summary>
internal sealed class HeldAddresses(ListenerDirectory listeners, ConfigurationInForce inForce)
{
    /// <summary>The fault of an address that a reload could not bind.</summary>
    public ConfigurationFault FaultOf(string path, IPEndPoint address, SocketError obstacle)
        => obstacle is SocketError.AddressAlreadyInUse && OwnerOf(address) is { } own
            ? new ConfigurationFault(
                path,
                $"{address} cannot be taken while {own.Owner} of this proxy has {own.Address}: a reload takes a new address before it lets "
                    + "go of the one before",
                "another port; or two reloads, the first without the old address; or a restart")
            : EndpointAvailability.FaultOf(path, address, obstacle);

    private (string Owner, IPEndPoint Address)? OwnerOf(IPEndPoint wanted)
    {
        foreach (var listener in listeners.All)
        {
            var own = listener.Socket?.BoundAddress ?? listener.Socket?.Place.Address;
            if (own is not null && EndpointOverlapValidator.Overlap(own, wanted))
            {
                return ($"listener {listener.Name}", own);
            }
        }

        return ListenEndPoint.TryParse(inForce.Now.Admin.Endpoint, out var admin) && EndpointOverlapValidator.Overlap(admin, wanted)
            ? ("the admin endpoint", admin)
            : null;
    }
}
