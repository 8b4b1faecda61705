using System.Net;
using HaProxyNet.Transport;

namespace HaProxyNet.Tests.Connections;

/// <summary>A socket that only has an address and remembers how it ended.</summary>
internal sealed class FakeSocket(string address) : TransportSocket
{
    public bool WasReset { get; private set; }

    public override IPEndPoint RemoteEndPoint { get; } = new(IPAddress.Parse(address), 40_000);

    public override IPEndPoint LocalEndPoint { get; } = new(IPAddress.Loopback, 5050);

    public override bool TryTake(Span<byte> into) => false;

    public override bool TrySend(ReadOnlySpan<byte> data) => false;

    public override void Close()
    {
    }

    public override void Reset() => WasReset = true;
}
