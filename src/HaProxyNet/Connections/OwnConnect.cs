using System.Net;
using HaProxyNet.Machine;
using HaProxyNet.State;
using HaProxyNet.Transport;

namespace HaProxyNet.Connections;

/// <summary>One connect to a destination.</summary>
/// <param name="Connection">For which connection.</param>
/// <param name="Socket">The socket.</param>
/// <param name="Local">Its address and port on this machine.</param>
/// <param name="Address">Where it was to go.</param>
internal sealed record OwnConnect(ProxyConnection Connection, TransportSocket Socket, IPEndPoint Local, IPEndPoint Address)
{
    /// <summary>The cluster of the connection.</summary>
    public required Cluster Cluster { get; init; }

    /// <summary>The destination that has accepted.</summary>
    public required Destination Destination { get; init; }

    /// <summary>
    /// Whether this client may be the other end of it: it has the same address and port. So may a program of this machine have, for the
    /// system gives out a port once for each peer.
    /// </summary>
    public bool MayBe(ProxyConnection accepted)
        => Local.Port == accepted.Client.Peer.Port
            && ReferenceEquals(Connection.DestinationSocket, Socket)
            && !Connection.IsClosed
            && Local.Equals(PlainAddress.Of(accepted.Client.RemoteEndPoint));
}
