using HaProxyNet.ProxyProtocol;
using HaProxyNet.Transport.Handover;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Upgrading.State;

/// <summary>An open connection, as one process describes it to another.</summary>
/// <param name="Relay">Its relay.</param>
/// <param name="Listener">The name of its listener.</param>
/// <param name="Cluster">The name of its cluster.</param>
/// <param name="Destination">The name of its destination.</param>
internal sealed record HandedRelay(HeldRelay Relay, string Listener, string Cluster, string Destination)
{
    /// <summary>Its number in log lines.</summary>
    public long Number { get; init; }

    /// <summary>The client, as a PROXY header has said; null: nobody has said anything.</summary>
    public IntroducedClient? Introduced { get; init; }

    /// <summary>When it was accepted, in timestamps of the machine's monotonic clock.</summary>
    public long AcceptedAt { get; init; }

    /// <summary>When its destination had accepted.</summary>
    public long ConnectedAt { get; init; }

    /// <summary>Connect attempts.</summary>
    public int Attempts { get; init; }

    /// <summary>Why it has this destination.</summary>
    public ChoiceReason Reason { get; init; }

    /// <summary>The server name of its hello; empty: none was read.</summary>
    public string ServerName { get; init; } = "";

    /// <summary>The version of TLS in its hello; empty: none was read.</summary>
    public string TlsVersion { get; init; } = "";
}
