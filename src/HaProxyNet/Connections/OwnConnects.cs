using System.Net;
using HaProxyNet.Machine;

namespace HaProxyNet.Connections;

/// <summary>
/// Some of the latest connects to destinations, by their port on this machine. A client whose address and port are those of one of them may
/// be the proxy itself: something on the way has led the connect back. Any thread; no lock.
/// </summary>
/// <remarks>
/// One connection in sixteen is remembered, so that the others cost nothing: a circle is found when it has turned a few times.
/// </remarks>
internal sealed class OwnConnects
{
    private const int Places = 256;
    private const int OneIn = 16;
    private readonly OwnConnect?[] _latest = new OwnConnect?[Places];

    /// <summary>Remembers a destination's accept, before anything is sent to it.</summary>
    public void Note(ProxyConnection connection, IPEndPoint destination)
    {
        if (connection.Number.Value % OneIn == 0)
        {
            Remember(connection, destination);
        }
    }

    /// <summary>The connect of the proxy that may have arrived here as this client; null, as a rule.</summary>
    public OwnConnect? Find(ProxyConnection accepted)
        => Volatile.Read(ref _latest[PlaceOf(accepted.Client.Peer.Port)]) is { } own && own.MayBe(accepted) ? own : null;

    private void Remember(ProxyConnection connection, IPEndPoint destination)
    {
        if (connection.DestinationSocket is { } socket)
        {
            var local = PlainAddress.Of(socket.LocalEndPoint);
            var own = new OwnConnect(connection, socket, local, destination)
            {
                Cluster = connection.Cluster!,
                Destination = connection.Destination!,
            };
            Volatile.Write(ref _latest[PlaceOf(local.Port)], own);
        }
    }

    /// <summary>The system gives out every second port.</summary>
    private static int PlaceOf(int port) => (port >> 1) % Places;
}
