using System.Net;
using HaProxyNet.Simulator.Framing;

namespace HaProxyNet.Simulator.Clients;

/// <summary>How a simulated client behaves.</summary>
public sealed record SimulatedClientOptions
{
    /// <summary>Where to connect: the proxy or an agent. An <see cref="IPEndPoint"/> or a <see cref="DnsEndPoint"/>.</summary>
    public required EndPoint Target { get; init; }

    /// <summary>How long a request may take in all, connecting included. Real clients wait for ever by default; ours gives up after 2 minutes unless told.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The largest reply taken, in bytes.</summary>
    public int MaxReplyLength { get; init; } = FrameCodec.DefaultMaxLength;
}
