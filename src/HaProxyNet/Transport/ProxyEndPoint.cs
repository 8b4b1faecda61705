using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace HaProxyNet.Transport;

/// <summary>
/// The address of a proxy listener, given to <c>KestrelServerOptions.Listen</c>. Its own type tells Kestrel which transport binds it:
/// HaProxyNet's transport claims this type and no other, so HTTP endpoints of the same server stay on Kestrel's sockets.
/// </summary>
public sealed class ProxyEndPoint : EndPoint
{
    /// <summary>Creates an end point for one listener.</summary>
    /// <param name="listener">The listener's name in logs and metrics.</param>
    /// <param name="address">Where to listen.</param>
    /// <param name="pipeline">What serves each connection, from accept to close; the transport runs it on the connection's own lane.</param>
    public ProxyEndPoint(string listener, IPEndPoint address, ConnectionDelegate pipeline)
    {
        ArgumentException.ThrowIfNullOrEmpty(listener);
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(pipeline);
        Listener = listener;
        Address = address;
        Pipeline = pipeline;
    }

    /// <summary>The listener's name.</summary>
    public string Listener { get; }

    /// <summary>The IP address and port to listen on.</summary>
    public IPEndPoint Address { get; }

    /// <summary>What serves a connection.</summary>
    public ConnectionDelegate Pipeline { get; }

    /// <inheritdoc/>
    public override AddressFamily AddressFamily => Address.AddressFamily;

    /// <inheritdoc/>
    public override string ToString() => Address.ToString();
}
