using System.Net;
using System.Net.Sockets;
using HaProxyNet.Listening;
using HaProxyNet.Transport;
using Microsoft.AspNetCore.Connections;

namespace HaProxyNet.Hosting;

/// <summary>
/// The transport that Kestrel binds <see cref="ProxyEndPoint"/>s with. It claims no other end point: HTTP endpoints of the same server
/// stay on Kestrel's own sockets.
/// </summary>
internal sealed class ProxyTransportFactory(TransportEngine engine) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    public bool CanBind(EndPoint endpoint) => endpoint is ProxyEndPoint;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        if (endpoint is not ProxyEndPoint { Place: var place })
        {
            throw new NotSupportedException($"{endpoint.GetType().Name} is not a {nameof(ProxyEndPoint)}.");
        }

        var socket = new ListeningSocket(place, engine);
        if (!socket.TryBind() && !(place.Target.Plan.WaitsForAddress && ListeningSocket.MayBeFreeLater(socket.Obstacle)))
        {
            throw new ListenerBindException(place.Listener, place.Address, new SocketException((int)socket.Obstacle));
        }

        place.Target.Socket = socket;
        if (place.Target.Ready.IsCompleted)
        {
            // Else the listening guard starts it when it is.
            socket.Start();
        }

        return new ValueTask<IConnectionListener>(new ProxyConnectionListener(socket));
    }
}
