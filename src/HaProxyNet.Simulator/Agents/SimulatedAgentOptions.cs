using System.Net;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Simulator.Framing;

namespace HaProxyNet.Simulator.Agents;

/// <summary>How a simulated agent behaves. Everything has a default.</summary>
public sealed record SimulatedAgentOptions
{
    /// <summary>The agent's name in replies and ledgers.</summary>
    public string Name { get; init; } = "agent";

    /// <summary>Where to listen. Port 0, the default, takes a free one, which then stays the agent's through kills and revivals.</summary>
    public IPEndPoint Endpoint { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>The machine's name in replies.</summary>
    public string Host { get; init; } = Environment.MachineName;

    /// <summary>The version in replies; both agents of a pair should have the same.</summary>
    public string Version { get; init; } = "1.0";

    /// <summary>How many connections are served at a time.</summary>
    public AcceptMode AcceptMode { get; init; } = AcceptMode.ThreadPerConnection;

    /// <summary>The fault to start with.</summary>
    public AgentFault Fault { get; init; } = AgentFault.None;

    /// <summary>
    /// How long a connection may stay silent: before its request is whole, and between the reply and the client's close. Default: 15 s,
    /// as practitioners report of IQService.
    /// </summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// A certificate with its key: the agent speaks TLS on it, as on IQService's TLS port. None, the default: it speaks plain.
    /// </summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The largest request taken, in bytes.</summary>
    public int MaxRequestLength { get; init; } = FrameCodec.DefaultMaxLength;

    /// <summary>The pieces of a reply under <see cref="AgentFault.SlowDrip"/>, in bytes; 1 or more.</summary>
    public int DripSize { get; init; } = 64;

    /// <summary>The pause between two such pieces.</summary>
    public TimeSpan DripInterval { get; init; } = TimeSpan.FromMilliseconds(50);
}
