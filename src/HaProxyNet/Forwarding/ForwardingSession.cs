using HaProxyNet.Closing;
using HaProxyNet.Connecting;
using HaProxyNet.Connections;
using HaProxyNet.Management;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Async;
using HaProxyNet.Transport.Teardown;
using HaProxyNet.Transport.Vocabulary;
using Microsoft.AspNetCore.Connections.Features;

namespace HaProxyNet.Forwarding;

/// <summary>
/// A client of an HTTP listener: its connection, and the one to the destination that has its requests, which follow one another. Each of
/// these is a leg, counted and logged as a connection of TCP is; the connector finds the destination as it does for TCP.
/// </summary>
internal sealed class ForwardingSession : ILaneActivity, IRelayProgress, IDestinationUse, IDisposable
{
    /// <summary>How long a client has to read the last answer.</summary>
    private static readonly TimeSpan _linger = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Connector _connector;
    private readonly ConnectionCloser _closer;
    private readonly OpenConnectionLines _lines;
    private readonly HttpFront _front;
    private readonly InternalFaults _faults;
    private readonly PipedEnd _client;
    private IDisposable? _watch;
    private volatile Leg? _leg;
    private ConnectionOutcome _asked;
    private bool _hadLeg;
    private volatile bool _isUnanswered;

    public ForwardingSession(
        ProxyConnection connection, Connector connector, ConnectionCloser closer, OpenConnectionLines lines, HttpFront front,
        InternalFaults faults)
    {
        (Connection, _connector, _closer, _lines, _front, _faults) = (connection, connector, closer, lines, front, faults);
        _client = new PipedEnd(ClientEnd, connection.Lane);
        Context = new ForwardedClient(this, _client, CutClient);
    }

    /// <summary>The client's connection.</summary>
    public ProxyConnection Connection { get; }

    /// <summary>The same, as Kestrel wants it.</summary>
    public ForwardedClient Context { get; }

    /// <summary>Where its requests go.</summary>
    public Cluster Cluster => Connection.Cluster!;

    /// <summary>The connection that its last request was given to, and that the next one may use; null: none.</summary>
    public Leg? Leg => _leg;

    /// <summary>Whether the connection ends with the next answer: the proxy ends, or its listener has changed.</summary>
    public bool IsLast
        => _front.IsEnding || Connection.Listener.Socket is null || !ReferenceEquals(Connection.Listener.Plan, Connection.Plan);

    /// <summary>Whether a request is under way. Any thread.</summary>
    public bool IsBusy => _turn.CurrentCount == 0;

    /// <inheritdoc/>
    public long Due => long.MaxValue;

    /// <inheritdoc/>
    public bool HasLostPeer => false;

    /// <inheritdoc/>
    public long LastByteAt => Math.Max(_client.LastByteAt, _leg?.End.LastByteAt ?? 0);

    /// <inheritdoc/>
    public long BytesIn => _leg?.End.BytesSent ?? 0;

    /// <inheritdoc/>
    public long BytesOut => _leg?.End.BytesReceived ?? 0;

    private RelayEnd ClientEnd => Connection.ClientEnd ??= new PlainEnd(Connection.Lane.Open(Connection, Connection.Client));

    /// <summary>Bytes wait in pipes for a moment only; how many of them is not known.</summary>
    public long Held(RelaySide from) => 0;

    /// <summary>Begins to read; on the lane.</summary>
    public void Start()
    {
        _client.Start(Context.OnEnd);
        _watch = Connection.Lane.Watch(Connection, this);
    }

    /// <summary>Ends when the client's connection has, counted and logged.</summary>
    public async Task EndAsync()
    {
        await Context.Left;
        await _turn.WaitAsync();
        await EndLegAsync(_asked is ConnectionOutcome.None ? ConnectionOutcome.Completed : _asked);
        await _client.EndAsync(_client.HasEnded ? TimeSpan.Zero : _linger);
        await ClientEnd.Socket.GoOnAsync();
        _watch?.Dispose();
        var outcome = _asked is not ConnectionOutcome.None ? _asked : ConnectionOutcome.ClientAborted;
        _closer.CloseForwarded(Connection, new RelayResult(outcome, RelaySide.Client, 0, 0), isCounted: _hadLeg);
        Dispose();
    }

    /// <summary>Ends the client's connection in order, where no request is under way. Any thread.</summary>
    public void EndBetweenRequests() => Context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();

    /// <summary>When Kestrel ends the client's connection at once, the client sees an orderly end: it is to repeat its request.</summary>
    public void EndUnanswered()
    {
        _isUnanswered = true;
        EndBetweenRequests();
    }

    /// <summary>Waits until the connection to the destination is the caller's, who leaves it again.</summary>
    public Task EnterAsync() => _turn.WaitAsync();

    /// <summary>The caller has done with it.</summary>
    public void Leave() => _turn.Release();

    /// <summary>
    /// Connects the client to the first of these destinations that accepts; not one byte of its request has been given away. None: there is
    /// a leg. Within a turn.
    /// </summary>
    public async Task<ConnectionOutcome> ConnectAsync(Destination[] order)
    {
        await EndLegAsync(ConnectionOutcome.Completed);
        await ClientEnd.Socket.GoOnAsync();
        Connection.StartOver();
        _watch?.Dispose();
        var outcome = await _connector.ConnectAsync(Connection, order) ?? ConnectionOutcome.None;
        await ClientEnd.Socket.GoOnAsync();
        ClientEnd.Socket.Attach();
        if (outcome is ConnectionOutcome.None)
        {
            Begin(Connection.Destination!);
        }
        else
        {
            _hadLeg = true;
            _closer.EndLeg(Connection, new RelayResult(outcome, RelaySide.Client, 0, 0));
        }

        _watch = Connection.Lane.Watch(Connection, this);
        await LaneHop.ToPool.Task;
        return outcome;
    }

    /// <summary>Ends the connection to the destination. Within a turn.</summary>
    public async Task EndLegAsync(ConnectionOutcome outcome)
    {
        if (_leg is not { } leg)
        {
            return;
        }

        var by = leg.End.HasEnded ? RelaySide.Destination : RelaySide.Client;
        leg.Dispose();
        if (outcome is not ConnectionOutcome.Completed)
        {
            await ClientEnd.Socket.GoOnAsync();
            leg.End.Cut();
        }

        await leg.End.EndAsync(TimeSpan.Zero);
        await ClientEnd.Socket.GoOnAsync();
        _leg = null;
        _closer.EndLeg(
            Connection,
            new RelayResult(
                _asked is ConnectionOutcome.None ? outcome : _asked,
                by,
                leg.End.BytesSent,
                leg.End.BytesReceived));
    }

    public void Look(long now)
    {
    }

    /// <inheritdoc/>
    public bool TryLetGo(ConnectionOutcome outcome)
    {
        if (_leg is not { } leg || IsBusy)
        {
            return false;
        }

        _ = _faults.ContainAsync(FaultPlace.Request, end => LetGoAsync(end.leg, end.outcome), (leg, outcome));
        return true;
    }

    /// <summary>The drain's deadline, an operator, or a policy.</summary>
    public void Abort(ConnectionOutcome outcome)
    {
        if (_asked is ConnectionOutcome.None)
        {
            _asked = outcome;
        }

        _client.Cut();
        _leg?.End.Cut();
    }

    public void Dispose() => _turn.Dispose();

    private void Begin(Destination destination)
    {
        Connection.OpenIn = destination.Traffic(Connection.Listener.Index);
        Connection.OpenIn.Open();
        var end = Connection.DestinationEnd ??= new PlainEnd(Connection.Lane.Open(Connection, Connection.DestinationSocket!));
        var leg = new Leg(destination, new PipedEnd(end, Connection.Lane));
        _hadLeg = true;
        _leg = leg;
        leg.End.Start(() => _ = _faults.ContainAsync(FaultPlace.Request, ended => LetGoAsync(ended, ConnectionOutcome.Completed), leg));
        if (Connection.Plan.Follow.IsOn)
        {
            _lines.OnStart(Connection);
        }
    }

    /// <summary>Between two requests that is the end of the leg; within one, the request sees to it.</summary>
    private async Task LetGoAsync(Leg leg, ConnectionOutcome outcome)
    {
        if (!_turn.Wait(0))
        {
            if (outcome is not ConnectionOutcome.Completed)
            {
                Connection.Lane.RequestAbort(Connection, outcome);
            }

            return;
        }

        if (ReferenceEquals(_leg, leg))
        {
            await EndLegAsync(outcome);
        }

        _turn.Release();
    }

    /// <summary>Kestrel ends it at once. A client that has ended its side gets the end of ours; another one is reset.</summary>
    private void CutClient() => Connection.Lane.Run(
        Connection,
        static (_, session) =>
        {
            var client = ((ForwardingSession)session)._client;
            if (!client.HasEnded && !((ForwardingSession)session)._isUnanswered)
            {
                client.Cut();
            }
        },
        this);
}
