using System.Net.Sockets;
using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Hosting;

namespace HaProxyNet.Server.Running;

/// <summary>Puts a bind that failed at start into an operator's words.</summary>
internal static class BindFault
{
    /// <param name="fault">A listener's <see cref="ListenerBindException"/>, or what Kestrel throws for the admin endpoint.</param>
    /// <param name="options">Says where the admin endpoint should have been.</param>
    public static ConfigurationFault Of(Exception fault, ProxyOptions options) => fault is ListenerBindException listener
        ? EndpointAvailability.FaultOf(EndpointAvailability.ListenerPath(listener.Listener), listener.Address, listener.Error)
        : EndpointAvailability.FaultOf(EndpointAvailability.AdminPath, ListenEndPoint.Parse(options.Admin.Endpoint), ErrorOf(fault));

    private static SocketError ErrorOf(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException socket)
            {
                return socket.SocketErrorCode;
            }
        }

        return SocketError.AddressAlreadyInUse;
    }
}
