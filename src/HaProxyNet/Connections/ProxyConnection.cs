using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using HaProxyNet.Lines;
using HaProxyNet.Listening;
using HaProxyNet.ProxyProtocol;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Teardown;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace HaProxyNet.Connections;

/// <summary>
/// One client connection from accept to close, whatever the engine. It is Kestrel's <see cref="ConnectionContext"/>, so connection
/// middleware can stand before the proxy; but it has no pipes: bytes go from socket to socket.
/// </summary>
/// <remarks>
/// Its stages fill it in, in the order of the properties. Only its lane touches it, except <see cref="Abort(ConnectionAbortedException)"/>
/// and the counters that the status page reads. An idle connection is this object, two sockets and a relay: what not every connection needs
/// is elsewhere (<see cref="ConnectionExtras"/>), and what fits into a byte is one.
/// </remarks>
internal sealed class ProxyConnection : LaneConnection
{
    private static long _lastId;
    private readonly long _id;
    private ConnectionExtras? _extras;
    private ushort _attempts;
    private bool _closed;
    private bool _begun;

    /// <summary>Makes the connection of a socket.</summary>
    /// <param name="lane">Where it lives.</param>
    /// <param name="listener">The listener that has accepted it.</param>
    /// <param name="client">The client's socket.</param>
    /// <param name="number">The number that it had in the process that handed it over; null: it is new.</param>
    public ProxyConnection(Lane lane, Listener listener, TransportSocket client, long? number = null)
        : base(lane, client)
    {
        _id = number ?? Interlocked.Increment(ref _lastId);
        Plan = listener.Plan;
        AcceptedAt = lane.Now;
    }

    /// <summary>What the configuration said of the listener when the connection was accepted: a reload changes nothing for it.</summary>
    public ListenerPlan Plan { get; }

    /// <summary>The listener that accepted it.</summary>
    public Listener Listener => Plan.Listener;

    /// <summary>
    /// The client, as the PROXY header of the load balancer in front says; null: there was none, and the peer is the client.
    /// </summary>
    public IntroducedClient? Introduced
    {
        get => _extras?.Introduced;
        set => Extras.Introduced = value;
    }

    /// <summary>The client: the one that was introduced, else the peer of the socket.</summary>
    public override IPEndPoint ClientEndPoint => Introduced?.Client ?? base.ClientEndPoint;

    /// <summary>The same, for its log lines: asking makes no object.</summary>
    public PeerAddress ClientAddress => Introduced is { } introduced ? PeerAddress.Of(introduced.Client) : Client.Peer;

    /// <summary>Why a stage behind the door has refused the connection; none has, as a rule.</summary>
    public RefusalReason Refusal
    {
        get => _extras?.Refusal ?? RefusalReason.None;
        set => Extras.Refusal = value;
    }

    /// <summary>The number that its log lines have.</summary>
    public ConnectionNumber Number => new(_id);

    /// <summary>
    /// When it was accepted, in the lane's timestamps; for a client of HTTP, when the request came that needed a destination.
    /// </summary>
    public long AcceptedAt { get; set; }

    /// <summary>The server name that the client asked for in its TLS hello, where that is read; none otherwise.</summary>
    public string? ServerName
    {
        get => _extras?.ServerName;
        set => Extras.ServerName = value;
    }

    /// <summary>
    /// A word for the log line: the version of TLS (the highest offered one, where it is passed through), or what there was in its place.
    /// </summary>
    public string? TlsVersion
    {
        get => _extras?.TlsVersion;
        set => Extras.TlsVersion = value;
    }

    /// <summary>Set by routing.</summary>
    public Cluster? Cluster { get; set; }

    /// <summary>How many connect attempts were made.</summary>
    public int Attempts => _attempts;

    /// <summary>
    /// Set by connecting: the destination that is tried, and in the end the one whose socket is
    /// <see cref="LaneConnection.DestinationSocket"/>.
    /// </summary>
    public Destination? Destination
    {
        get => (Destination?)Target;
        set => Target = value;
    }

    /// <summary>Set by connecting: why this destination.</summary>
    public ChoiceReason Reason { get; set; }

    /// <summary>When the destination had accepted, in the lane's timestamps; 0 before.</summary>
    public long ConnectedAt { get; set; }

    /// <summary>Where the connection is counted as open; none while it has no destination.</summary>
    public TrafficCounters? OpenIn { get; set; }

    /// <summary>When its last byte passed, in the lane's timestamps. Any thread.</summary>
    public long LastByteAt => Activity is IRelayProgress relay ? relay.LastByteAt : ConnectedAt;

    /// <inheritdoc/>
    public override TimeSpan IdleTimeout => Cluster!.Plan.IdleTimeout;

    /// <inheritdoc/>
    public override SilenceLimits ClientSilence => Plan.Silence;

    public override SilenceLimits DestinationSilence => Cluster!.Plan.Silence;

    /// <inheritdoc/>
    public override ILaneRace? Race
    {
        get => _extras?.Race;
        set => Extras.Race = value;
    }

    /// <inheritdoc/>
    public override ConnectAttempt? SteppedAside
    {
        get => _extras?.SteppedAside;
        set => Extras.SteppedAside = value;
    }

    /// <summary>The client's side, where the relay has TLS on a side; the socket in it is <see cref="LaneConnection.Client"/>.</summary>
    public RelayEnd? ClientEnd
    {
        get => _extras?.ClientEnd;
        set => Extras.ClientEnd = value;
    }

    /// <inheritdoc/>
    public override object? Order
    {
        get => _extras?.Order;
        set => Extras.Order = value;
    }

    /// <inheritdoc/>
    public override RelayEnd? DestinationEnd
    {
        get => _extras?.DestinationEnd;
        set => Extras.DestinationEnd = value;
    }

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
    public void CountAttempt() => _attempts++;

    /// <summary>The client stays, and needs a destination again: nothing of the one before counts any more.</summary>
    public void StartOver()
    {
        AcceptedAt = Lane.Now;
        ConnectedAt = 0;
        _attempts = 0;
        Destination = null;
        Reason = default;
    }

    /// <summary>Ends when the connection has been closed. For middleware; asked before the stages begin.</summary>
    public Task WhenClosed() => (Extras.Closed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>New connections get numbers above this one: those of the process before must not come twice.</summary>
    public static void CountOnFrom(long number)
    {
        if (Volatile.Read(ref _lastId) < number)
        {
            Volatile.Write(ref _lastId, number);
        }
    }

    /// <summary>The highest number that a connection of this process has got.</summary>
    public static long HighestNumber => Volatile.Read(ref _lastId);

    /// <summary>True for the first who begins the connection's stages, or gives it up before them.</summary>
    public bool TryBegin() => !Interlocked.Exchange(ref _begun, true);

    /// <summary>Whether it has been closed. Any thread.</summary>
    public bool IsClosed => Volatile.Read(ref _closed);

    /// <summary>True for the first who closes the connection.</summary>
    public bool TryClose() => !_closed && (_closed = true);

    /// <summary>The connection has been closed, counted and logged.</summary>
    public void OnClosed()
    {
        if (_extras is { } extras)
        {
            extras.ClientEnd?.Dispose();
            extras.DestinationEnd?.Dispose();
            extras.Closed?.SetResult();
        }
    }
}
