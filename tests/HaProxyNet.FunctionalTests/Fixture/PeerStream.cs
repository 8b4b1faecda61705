using System.Net.Sockets;
using HaProxyNet.Transport.Async;

namespace HaProxyNet.FunctionalTests.Fixture;

/// <summary>A peer as a stream, for TLS on top of it.</summary>
internal sealed class PeerStream(TestPeer peer) : AsyncStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return buffer.IsEmpty ? 0 : await peer.ReceiveAsync(buffer);
        }
        catch (SocketException fault)
        {
            throw new IOException("The connection has ended.", fault);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        => await peer.SendAsync(buffer);
}
