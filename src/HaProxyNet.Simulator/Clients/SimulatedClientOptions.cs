using System.Net;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Simulator.Framing;

namespace HaProxyNet.Simulator.Clients;

/// <summary>How a simulated client behaves.</summary>
public sealed record SimulatedClientOptions
{
    /// <summary>Where to connect: the proxy or an agent. An <see cref="IPEndPoint"/> or a <see cref="DnsEndPoint"/>.</summary>
    public required EndPoint Target { get; init; }

    /// <summary>
    /// How long a request may take in all, connecting included; default: 2 minutes. Real clients wait without a limit by default.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The name that the server's certificate must have, as HTTPS checks it: the client speaks TLS. Empty, the default: it speaks plain.
    /// </summary>
    public string TlsServerName { get; init; } = "";

    /// <summary>The authorities that may have issued that certificate. Empty: those that the system trusts.</summary>
    public X509Certificate2Collection Authorities { get; init; } = [];

    /// <summary>The largest reply taken, in bytes.</summary>
    public int MaxReplyLength { get; init; } = FrameCodec.DefaultMaxLength;
}
