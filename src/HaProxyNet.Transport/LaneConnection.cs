using System.Net;
using HaProxyNet.Transport.Vocabulary;
using Microsoft.AspNetCore.Connections;

namespace HaProxyNet.Transport;

/// <summary>
/// A connection as an engine knows it: its lane, its two sockets, what it does now, and whether it was asked to end. What the proxy knows
/// of it besides is the business of the type that derives from this one.
/// </summary>
/// <remarks>Only its lane touches it, except <see cref="TryRequestAbort"/> and what says "any thread".</remarks>
internal abstract class LaneConnection : ConnectionContext
{
    private byte _abortOutcome;

    /// <summary>A connection that was just accepted.</summary>
    protected LaneConnection(Lane lane, TransportSocket client) => (Lane, Client) = (lane, client);

    /// <summary>Where the connection lives.</summary>
    public Lane Lane { get; }

    /// <summary>The accepted socket.</summary>
    public TransportSocket Client { get; }

    /// <summary>The client's address: as a load balancer in front says, else that of the socket's peer.</summary>
    public virtual IPEndPoint ClientEndPoint => Client.RemoteEndPoint;

    /// <summary>The connected socket.</summary>
    public TransportSocket? DestinationSocket { get; set; }

    /// <summary>What is connected to, as <see cref="Lane.MoveOn"/> names it; null: nothing yet.</summary>
    public object? Target { get; protected set; }

    /// <summary>What this connection does now; null: nothing that could be ended.</summary>
    public ILaneActivity? Activity { get; set; }

    /// <summary>The attempts that go on in addition to the current one; null: there never were any.</summary>
    public abstract ILaneRace? Race { get; set; }

    /// <summary>The attempt that was not over soon, until its caller lets it go on.</summary>
    public abstract ConnectAttempt? SteppedAside { get; set; }

    /// <summary>The destination's side, where the relay has TLS on a side.</summary>
    public abstract RelayEnd? DestinationEnd { get; set; }

    /// <summary>What keeps the things of one connection in order, where it has TLS; the engine's own.</summary>
    public abstract object? Order { get; set; }

    /// <summary>After how long without a byte its relay ends; zero: never. A reload may change it.</summary>
    public abstract TimeSpan IdleTimeout { get; }

    /// <summary>How long a silent client is believed to live.</summary>
    public abstract SilenceLimits ClientSilence { get; }

    /// <summary>How long a silent destination is believed to live.</summary>
    public abstract SilenceLimits DestinationSilence { get; }

    /// <summary>Whether something that began before the current attempt has got there first. Any thread.</summary>
    public bool IsOvertaken => Race is { HasWinner: true };

    /// <summary>The outcome that was asked for (drain, operator), or none. Any thread.</summary>
    public ConnectionOutcome AbortRequest => (ConnectionOutcome)Volatile.Read(ref _abortOutcome);

    /// <summary>Notes the first request to end the connection; false when there was one already. Any thread.</summary>
    public bool TryRequestAbort(ConnectionOutcome outcome)
        => Interlocked.CompareExchange(ref _abortOutcome, (byte)outcome, (byte)ConnectionOutcome.None) == (byte)ConnectionOutcome.None;
}
