using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace HaProxyNet.Hosting;

/// <summary>
/// The address of a proxy listener, given to <c>KestrelServerOptions.Listen</c>. Its own type tells Kestrel which transport binds it:
/// HaProxyNet's transport claims this type and no other, so HTTP endpoints of the same server stay on Kestrel's sockets.
/// </summary>
internal sealed class ProxyEndPoint : EndPoint
{
    public ProxyEndPoint(AcceptingPlace place) => Place = place;

    /// <summary>The listener's name.</summary>
    public string Listener => Place.Listener;

    /// <summary>The IP address and port to listen on.</summary>
    public IPEndPoint Address => Place.Address;

    /// <summary>
    /// What stands between accept and the proxy's own stages, as connection middleware. None unless the application added some; the
    /// transport then runs the stages themselves, which saves a task a connection.
    /// </summary>
    public ConnectionDelegate? Middleware => Place.Middleware;

    /// <inheritdoc/>
    public override AddressFamily AddressFamily => Address.AddressFamily;

    /// <summary>Where the connections of this address begin.</summary>
    public AcceptingPlace Place { get; }

    /// <inheritdoc/>
    public override string ToString() => Address.ToString();
}
