using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using HaProxyNet.Admission;
using HaProxyNet.Closing;
using HaProxyNet.Connecting;
using HaProxyNet.Listening;
using HaProxyNet.ProxyProtocol;
using HaProxyNet.Relaying;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Tls.Sessions;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace HaProxyNet.Transport;

/// <summary>
/// One client connection from accept to close, whatever the engine. It is Kestrel's <see cref="ConnectionContext"/>, so connection
/// middleware can stand before the proxy; but it has no pipes: bytes go from socket to socket.
/// </summary>
/// <remarks>
/// Its stages fill it in, in the order of the properties. Only its lane touches it, except <see cref="Abort(ConnectionAbortedException)"/>
/// and the counters that the status page reads. An idle connection is this object, two sockets and a relay: what not every connection needs is
/// elsewhere (<see cref="ConnectionExtras"/>), and what fits into a byte is one.
/// </remarks>
public sealed class ProxyConnection : ConnectionContext
{
    private static long _lastId;
    private readonly long _id = Interlocked.Increment(ref _lastId);
    private ConnectionExtras? _extras;
    private byte _abortOutcome;
    private ushort _attempts;
    private bool _closed;
    private bool _begun;

    internal ProxyConnection(Lane lane, Listener listener, TransportSocket client)
    {
        Lane = lane;
        Plan = listener.Plan;
        Client = client;
        AcceptedAt = lane.Now;
    }

    /// <summary>Where the connection lives.</summary>
    internal Lane Lane { get; }

    /// <summary>What the configuration said of the listener when the connection was accepted: a reload changes nothing for it.</summary>
    internal ListenerPlan Plan { get; }

    /// <summary>The listener that accepted it.</summary>
    internal Listener Listener => Plan.Listener;

    /// <summary>The accepted socket.</summary>
    internal TransportSocket Client { get; }

    /// <summary>Who the client is, as the PROXY header of the load balancer in front says; null: there was none, and the peer is the client.</summary>
    internal IntroducedClient? Introduced
    {
        get => _extras?.Introduced;
        set => Extras.Introduced = value;
    }

    /// <summary>The client: the one that was introduced, else the peer of the socket.</summary>
    internal IPEndPoint ClientEndPoint => Introduced?.Client ?? Client.RemoteEndPoint;

    /// <summary>Why a stage behind the door has refused the connection; none has, as a rule.</summary>
    internal RefusalReason Refusal
    {
        get => _extras?.Refusal ?? RefusalReason.None;
        set => Extras.Refusal = value;
    }

    /// <summary>When it was accepted, in the lane's timestamps.</summary>
    internal long AcceptedAt { get; }

    /// <summary>The server name that the client asked for in its TLS hello, where that is read; none otherwise.</summary>
    internal string? ServerName
    {
        get => _extras?.ServerName;
        set => Extras.ServerName = value;
    }

    /// <summary>A word for the log line: the version of TLS (the highest offered one, where it is passed through), or what there was in its place.</summary>
    internal string? TlsVersion
    {
        get => _extras?.TlsVersion;
        set => Extras.TlsVersion = value;
    }

    /// <summary>Set by routing.</summary>
    internal Cluster? Cluster { get; set; }

    /// <summary>How many connect attempts were made.</summary>
    internal int Attempts => _attempts;

    /// <summary>Set by connecting: the destination that is tried, and in the end the one whose socket is <see cref="DestinationSocket"/>.</summary>
    internal Destination? Destination { get; set; }

    /// <summary>The connected socket.</summary>
    internal TransportSocket? DestinationSocket { get; set; }

    /// <summary>Set by connecting: why this destination.</summary>
    internal ChoiceReason Reason { get; set; }

    /// <summary>When the destination had accepted, in the lane's timestamps; 0 before.</summary>
    internal long ConnectedAt { get; set; }

    /// <summary>Where the connection is counted as open; none while it has no destination.</summary>
    internal TrafficCounters? OpenIn { get; set; }

    /// <summary>What the engine is doing for this connection now (an attempt, a relay); the engine's own.</summary>
    internal object? Activity { get; set; }

    /// <summary>When its last byte passed, in the lane's timestamps. Any thread.</summary>
    internal long LastByteAt => Activity is IRelayProgress relay ? relay.LastByteAt : ConnectedAt;

    /// <summary>Whether connect attempts go on beside the current one.</summary>
    internal bool HasSlowAttempts => _extras?.Slow is not null;

    /// <summary>The connect attempts that go on beside the current one; the engine's own.</summary>
    internal object? SlowAttempts
    {
        get => _extras?.Slow;
        set => Extras.Slow = value;
    }

    /// <summary>A slow attempt was accepted first.</summary>
    internal SlowAttempt? Winner
    {
        get => _extras?.Winner;
        set => Extras.Winner = value;
    }

    /// <summary>The client's side, where the relay has TLS on a side; the socket in it is <see cref="Client"/>.</summary>
    internal RelayEnd? ClientEnd
    {
        get => _extras?.ClientEnd;
        set => Extras.ClientEnd = value;
    }

    /// <summary>What keeps the things of one connection in order, where it has TLS; the engine's own.</summary>
    internal object? Order
    {
        get => _extras?.Order;
        set => Extras.Order = value;
    }

    /// <summary>The destination's side, where the relay has TLS on a side.</summary>
    internal RelayEnd? DestinationEnd
    {
        get => _extras?.DestinationEnd;
        set => Extras.DestinationEnd = value;
    }

    /// <summary>The outcome that someone asked for (drain, operator), or none.</summary>
    internal ConnectionOutcome AbortRequest => (ConnectionOutcome)Volatile.Read(ref _abortOutcome);

    /// <inheritdoc/>
    public override string ConnectionId
    {
        get => Extras.ConnectionId ??= _id.ToString("x", CultureInfo.InvariantCulture);
        set => Extras.ConnectionId = value;
    }

    /// <summary>The client's address: that of its PROXY header once it was read, else the socket's peer.</summary>
    public override EndPoint? RemoteEndPoint
    {
        get => ClientEndPoint;
        set => throw new NotSupportedException("The peer's address is the socket's.");
    }

    /// <inheritdoc/>
    public override EndPoint? LocalEndPoint
    {
        get => Client.LocalEndPoint;
        set => throw new NotSupportedException("The local address is the socket's.");
    }

    /// <inheritdoc/>
    public override IFeatureCollection Features => Extras.Features ??= new FeatureCollection();

    /// <inheritdoc/>
    public override IDictionary<object, object?> Items
    {
        get => Extras.Items ??= new Dictionary<object, object?>();
        set => Extras.Items = value;
    }

    /// <summary>Not supported: this transport relays from socket to socket and has no pipes.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override IDuplexPipe Transport
    {
        get => throw new NotSupportedException("HaProxyNet's transport has no pipes; it relays from socket to socket.");
        set => throw new NotSupportedException("HaProxyNet's transport has no pipes; it relays from socket to socket.");
    }

    /// <summary>Resets both sides. Any thread; the connection's outcome is <see cref="ConnectionOutcome.ClosedByAdmin"/>.</summary>
    public override void Abort(ConnectionAbortedException abortReason) => Lane.RequestAbort(this, ConnectionOutcome.ClosedByAdmin);

    /// <inheritdoc/>
    public override void Abort() => Lane.RequestAbort(this, ConnectionOutcome.ClosedByAdmin);

    private ConnectionExtras Extras => _extras ??= new ConnectionExtras();

    /// <summary>One more connect attempt is made.</summary>
    internal void CountAttempt() => _attempts++;

    /// <summary>Ends when the connection has been closed. For middleware; asked before the stages begin.</summary>
    internal Task WhenClosed() => (Extras.Closed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>True for the first who begins the connection's stages, or gives it up before them.</summary>
    internal bool TryBegin() => !Interlocked.Exchange(ref _begun, true);

    /// <summary>True for the first who closes the connection.</summary>
    internal bool TryClose() => !_closed && (_closed = true);

    /// <summary>The connection has been closed, counted and logged.</summary>
    internal void OnClosed()
    {
        if (_extras is { } extras)
        {
            extras.ClientEnd?.Dispose();
            extras.DestinationEnd?.Dispose();
            extras.Closed?.SetResult();
        }
    }

    /// <summary>Notes the first request to end the connection; false when there was one already.</summary>
    internal bool TryRequestAbort(ConnectionOutcome outcome)
        => Interlocked.CompareExchange(ref _abortOutcome, (byte)outcome, (byte)ConnectionOutcome.None) == (byte)ConnectionOutcome.None;
}
