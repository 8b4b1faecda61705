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
        if (endpoint is not ProxyEndPoint proxyEndPoint)
        {
            throw new NotSupportedException($"{endpoint.GetType().Name} is not a {nameof(ProxyEndPoint)}.");
        }

        var socket = new ListeningSocket(proxyEndPoint, engine);
        if (!socket.TryBind() && !(proxyEndPoint.Target.Plan.WaitsForAddress && ListeningSocket.MayBeFreeLater(socket.Obstacle)))
        {
            throw new ListenerBindException(proxyEndPoint.Listener, proxyEndPoint.Address, new SocketException((int)socket.Obstacle));
        }

        proxyEndPoint.Target.Socket = socket;
        if (proxyEndPoint.Target.Ready.IsCompleted)
        {
            // Else the listening guard starts it when it is.
            socket.Start();
        }

        return new ValueTask<IConnectionListener>(new ProxyConnectionListener(socket));
    }
}
