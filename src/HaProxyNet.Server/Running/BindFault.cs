using System.Net.Sockets;
using HaProxyNet.Configuration;
using HaProxyNet.Transport;

namespace HaProxyNet.Server.Running;

/// <summary>Puts a bind that failed at start into an operator's words.</summary>
internal static class BindFault
{
    public static ConfigurationFault Of(IOException fault, ProxyOptions options) => fault is ListenerBindException listener
        ? EndpointAvailability.FaultOf(EndpointAvailability.ListenerPath(listener.Listener), listener.Address, listener.Error)
        : EndpointAvailability.FaultOf(
            EndpointAvailability.AdminPath,
            ListenEndPoint.Parse(options.Admin.Endpoint),
            (fault.InnerException as SocketException ?? fault.InnerException?.InnerException as SocketException)?.SocketErrorCode
                ?? SocketError.AddressAlreadyInUse);
}
