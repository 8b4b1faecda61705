using HaProxyNet.ProxyProtocol;
using HaProxyNet.Transport;
using HaProxyNet.Vocabulary;
using Microsoft.AspNetCore.Http.Features;

namespace HaProxyNet.Connections;

/// <summary>
/// What only middleware asks of a connection, and what only a hedged one or one of TLS has; a connection that is merely relayed never has
/// it.
/// </summary>
internal sealed class ConnectionExtras
{
    public string? ConnectionId { get; set; }

    public IFeatureCollection? Features { get; set; }

    public IDictionary<object, object?>? Items { get; set; }

    public TaskCompletionSource? Closed { get; set; }

    /// <summary>The client's side of a relay that has TLS on a side.</summary>
    public RelayEnd? ClientEnd { get; set; }

    /// <summary>The destination's side of a relay that has TLS on a side.</summary>
    public RelayEnd? DestinationEnd { get; set; }

    /// <summary>The server name that the client asked for.</summary>
    public string? ServerName { get; set; }

    /// <summary>The client, as a PROXY header says.</summary>
    public IntroducedClient? Introduced { get; set; }

    /// <summary>Why a stage behind the door has refused the connection.</summary>
    public RefusalReason Refusal { get; set; }

    /// <summary>The version of TLS, or what there was in its place.</summary>
    public string? TlsVersion { get; set; }

    /// <summary>What keeps the things of one connection in order; the engine's own.</summary>
    public object? Order { get; set; }

    /// <summary>The attempts that go on in addition to the current one.</summary>
    public ILaneRace? Race { get; set; }

    /// <summary>The attempt that was not over soon, until it is let go on.</summary>
    public ConnectAttempt? SteppedAside { get; set; }
}
