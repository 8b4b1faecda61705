using System.Net;
using HaProxyNet.Transport.Handover;
using HaProxyNet.Transport.Native;
using HaProxyNet.Transport.Reactor.Connecting;
using HaProxyNet.Transport.Reactor.Relaying;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport.Reactor.Loop;

/// <summary>
/// One thread with one epoll instance, and all that its connections need: sockets, timers, buffers, pipes. Everything here runs on that
/// thread, except what says otherwise.
/// </summary>
internal sealed partial class ReactorLane : Lane, IHandoverLane
{
    private readonly LaneFaults _faults;
    private readonly TimeProvider _time;
    private readonly ReactorTable _table;
    private readonly ReactorTimers _timers;
    private readonly ReactorKeepAlive _keepAlive;
    private readonly ReactorPatience _patience;
    private readonly Queue<ITurnTaker> _unfinished = new();
    private readonly Queue<ITurnTaker> _costly = new();
    private readonly Stack<ReactorRelay> _idleRelays = new();
    private readonly Stack<ReactorConnect> _idleConnects = new();
    private long _now;

    /// <summary>Opens the lane's epoll instance; its thread starts with <see cref="Start"/>.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The system does not allow epoll.</exception>
    public ReactorLane(int index, TimeProvider time, ReactorLimits limits, LaneFaults? faults = null)
    {
        _faults = faults ?? LaneFaults.Unheard;
        (_time, Limits) = (time, limits);
        _now = time.GetTimestamp();
        _table = new ReactorTable(this);
        _epoll = OpenEpoll();
        _wake = new ReactorWake(_epoll, WakeData);
        _timers = new ReactorTimers(time, _wake.Ring);
        _keepAlive = new ReactorKeepAlive(this, _table);
        _patience = new ReactorPatience(this, _table);
        OwedFirstPackets = new OwedFirstPackets(this);
        Gathering = new GatheringStreams(this);
        _thread = new Thread(Run) { Name = $"haproxynet-{index}", IsBackground = true };
    }

    public override long Now => _now;

    /// <summary>The clock that this lane runs on.</summary>
    public TimeProvider Time => _time;

    /// <summary>Where it is told what the system refuses.</summary>
    public ReactorLimits Limits { get; }

    /// <summary>Handshakes that wait for their last packet.</summary>
    public OwedFirstPackets OwedFirstPackets { get; }

    /// <summary>Streams that wake this lane only for much.</summary>
    public GatheringStreams Gathering { get; }

    /// <summary>The buffers and pipes of this lane.</summary>
    public RelayBuffers Buffers { get; } = new();

    public override void Add(LaneConnection connection)
    {
        // The table of sockets knows every connection by its client's socket.
    }

    public override void Remove(LaneConnection connection)
    {
    }

    public override ValueTask<ConnectStatus> ConnectAsync(
        LaneConnection connection,
        IPEndPoint address,
        TimeSpan timeout,
        TimeSpan patience)
    {
        if (connection.AbortRequest is not ConnectionOutcome.None)
        {
            return new ValueTask<ConnectStatus>(ConnectStatus.Aborted);
        }

        if (connection.IsOvertaken)
        {
            return new ValueTask<ConnectStatus>(ConnectStatus.Overtaken);
        }

        var attempt = _idleConnects.TryPop(out var used) ? used : new ReactorConnect(this);
        return attempt.RunAsync(connection, address, timeout, patience);
    }

    public override void MoveOn(object target, bool slowToo) => Post(() =>
    {
        foreach (var connection in _table.Connections())
        {
            if (slowToo)
            {
                connection.Race?.GiveUp(target);
            }

            if (ReferenceEquals(connection.Target, target))
            {
                connection.Activity?.MoveOn();
            }
        }
    });

    public override void Reconsider() => Post(() =>
    {
        foreach (var connection in _table.Connections())
        {
            connection.Activity?.Reconsider();
        }
    });

    public override ValueTask<PeekResult> PeekAsync(LaneConnection connection, Memory<byte> into, int beyond, TimeSpan timeout)
        => new ReactorPeek(this, connection, into, beyond).RunAsync(timeout);

    public override void Relay(LaneConnection connection, IRelayFollower then)
    {
        var relay = _idleRelays.TryPop(out var used) ? used : new ReactorRelay(this);
        relay.Start(connection, then);
    }

    public override bool IsClientGone(LaneConnection connection)
    {
        var client = (ReactorSocket)connection.Client;
        return client.HungUp || (client.PeerClosed && ReactorConnect.HasNothingToRead(client));
    }

    public override void Run(LaneConnection connection, Action<LaneConnection, object> work, object state)
    {
        if (IsCurrent)
        {
            work(connection, state);
        }
        else
        {
            Post(() => work(connection, state));
        }
    }

    public override void RunSoon(LaneConnection connection, Action<LaneConnection, object> work, object state)
        => Post(() => work(connection, state));

    public override void RequestAbort(LaneConnection connection, ConnectionOutcome outcome) => Post(() =>
    {
        if (connection.TryRequestAbort(outcome))
        {
            connection.Activity?.Abort(outcome);
        }
    });

    public override ValueTask<IReadOnlyList<LaneConnection>> Snapshot()
    {
        var answer = new TaskCompletionSource<IReadOnlyList<LaneConnection>>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() => answer.SetResult(_table.Connections()));
        return new ValueTask<IReadOnlyList<LaneConnection>>(answer.Task);
    }

    private const uint Everything = Linux.EventIn | Linux.EventUrgent | Linux.EventOut | Linux.EventPeerClosed | Linux.EventEdge;

    /// <summary>Takes an open descriptor into the lane: gives it a socket and registers it once, for everything, edge-triggered.</summary>
    /// <param name="descriptor">The descriptor.</param>
    /// <param name="peer">Its peer.</param>
    /// <param name="isOurs">False: its connection is another process's, and goes on when the system refuses to register it here.</param>
    public ReactorSocket? Register(int descriptor, in RawAddress peer, bool isOurs = true)
    {
        var socket = _table.Take();
        socket.Open(descriptor, peer);
        if (EpollEvents.Add(_epoll, descriptor, Everything, socket.EventData) == 0)
        {
            _keepAlive.Start();
            return socket;
        }

        if (isOurs)
        {
            socket.Reset();
        }
        else
        {
            socket.LetGo();
        }

        return null;
    }

    /// <summary>Notes how long a socket's peer may leave things unacknowledged, and whether the system knows already.</summary>
    public void Limit(ReactorSocket socket, int userTimeout, KeepAliveStage stage)
    {
        (socket.UserTimeout, socket.KeepAlive) = (userTimeout, stage);
        _patience.Start(userTimeout);
    }

    /// <summary>A socket is free for its next use at the end of the turn, when no event of this turn can be meant for it.</summary>
    public void ReleaseLater(ReactorSocket socket) => _table.ReleaseLater(socket);

    /// <summary>Starts a timer.</summary>
    public WheelTimer StartTimer(IWheelTarget target, long due) => _timers.Start(target, due);

    /// <summary>Stops a timer that has not fired.</summary>
    public void StopTimer(WheelTimer timer) => _timers.Stop(timer);

    /// <summary>A socket that has used its share of this turn goes on in the next one.</summary>
    public void ContinueLater(ITurnTaker taker) => _unfinished.Enqueue(taker);

    /// <summary>Work that takes as long as many relays do: one such piece is done a turn, in the order in which they came.</summary>
    public void ContinueInTurn(ITurnTaker taker) => _costly.Enqueue(taker);

    /// <summary>Keeps an attempt's object for the next one.</summary>
    public void Recycle(ReactorConnect connect) => _idleConnects.Push(connect);

    /// <summary>Keeps a relay's object for the next one.</summary>
    public void Recycle(ReactorRelay relay) => _idleRelays.Push(relay);

    public override long ToTimestamp(TimeSpan span) => _time.ToTimestamp(span);
}
