using System.Net;
using HaProxyNet.Listening;
using HaProxyNet.Transport;

namespace HaProxyNet.Connections;

/// <summary>One connect to a destination.</summary>
/// <param name="Connection">For which connection.</param>
/// <param name="Socket">The socket.</param>
/// <param name="Local">Its address and port on this machine.</param>
/// <param name="Destination">Where it was to go.</param>
internal sealed record OwnConnect(ProxyConnection Connection, TransportSocket Socket, IPEndPoint Local, IPEndPoint Destination)
{
    /// <summary>
    /// Whether this client is the other end of it. While it is open, nobody else can have its address and port.
    /// </summary>
    public bool Is(ProxyConnection accepted)
        => Local.Port == accepted.Client.PeerPort
            && ReferenceEquals(Connection.DestinationSocket, Socket)
            && !Connection.IsClosed
            && Local.Equals(OwnAddresses.Plain(accepted.Client.RemoteEndPoint));
}
