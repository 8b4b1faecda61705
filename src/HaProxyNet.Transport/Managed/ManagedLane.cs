using System.Net.Sockets;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport.Managed;

/// <summary>The Managed engine's one lane: connections live on the thread pool, and a lock guards the list of them.</summary>
internal sealed partial class ManagedLane : Lane, IAsyncDisposable
{
    /// <summary>How often deadlines are looked at. One timer serves all connections, and none runs while there are none.</summary>
    private static readonly TimeSpan _sweepInterval = TimeSpan.FromMilliseconds(50);

    private readonly HashSet<LaneConnection> _connections = [];
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly LaneFaults _faults;
    private readonly ITimer _sweep;
    private readonly ClosedWindows _windows;
    private long _patienceDue = long.MaxValue;
    private bool _sweeping;

    public ManagedLane(TimeProvider time, LaneFaults? faults = null)
    {
        (_time, _faults) = (time, faults ?? LaneFaults.Unheard);
        _windows = new ClosedWindows(this);
        _sweep =
            time.CreateTimer(static lane => ((ManagedLane)lane!).GuardedSweep(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public override long Now => _time.GetTimestamp();

    public override void Add(LaneConnection connection)
    {
        lock (_gate)
        {
            _connections.Add(connection);
            Limit(connection.Client);
            if (!_sweeping)
            {
                _windows.Begin();
                _sweeping = true;
                _sweep.Change(_sweepInterval, _sweepInterval);
            }
        }
    }

    public override void Remove(LaneConnection connection)
    {
        lock (_gate)
        {
            _connections.Remove(connection);
        }
    }

    /// <remarks>Without TLS the two pumps may run at once: they have no strand.</remarks>
    public override void Relay(LaneConnection connection, IRelayFollower then)
        => _ = PumpedRelay.StartAsync(connection, PlainEndOf(connection.Client), PlainEndOf(connection.DestinationSocket!), then);

    private static PlainEnd PlainEndOf(TransportSocket socket) => new(new ManagedLaneSocket((ManagedSocket)socket, strand: null));

    public override LaneSocket Open(LaneConnection connection, TransportSocket socket)
        => new ManagedLaneSocket((ManagedSocket)socket, (ManagedStrand)(connection.Order ??= new ManagedStrand()));

    public override ILaneWatch Watch(LaneConnection connection, ILaneActivity activity)
    {
        Begin(connection, activity);
        if (connection.AbortRequest is var asked and not ConnectionOutcome.None)
        {
            activity.Abort(asked);
        }
        else if (connection.IsOvertaken)
        {
            activity.Overtake();
        }

        return new ManagedWatch(connection);
    }

    public override IDisposable Alarm(TimeSpan after, Action<object> ring, object state) => _time.CreateTimer(
        static alarm =>
        {
            var (lane, ring, state) = ((ManagedLane, Action<object>, object))alarm!;
            lane._faults.Contain(LanePlace.Timer, ring, state);
        },
        (this, ring, state),
        after,
        Timeout.InfiniteTimeSpan);

    public override bool IsClientGone(LaneConnection connection) => ((ManagedSocket)connection.Client).IsGone();

    public override void Run(LaneConnection connection, Action<LaneConnection, object> work, object state) => work(connection, state);

    public override void Post(Action work)
        => ThreadPool.UnsafeQueueUserWorkItem(
            static posted => posted.Faults.Contain(LanePlace.Work, static work => work(), posted.Work), (Faults: _faults, Work: work),
            preferLocal: false);

    public override void RunSoon(LaneConnection connection, Action<LaneConnection, object> work, object state)
        => Post(() => work(connection, state));

    public override void RequestAbort(LaneConnection connection, ConnectionOutcome outcome)
    {
        if (connection.TryRequestAbort(outcome))
        {
            connection.Activity?.Abort(outcome);
        }
    }

    public override ValueTask<IReadOnlyList<LaneConnection>> Snapshot()
    {
        lock (_gate)
        {
            return new ValueTask<IReadOnlyList<LaneConnection>>([.. _connections]);
        }
    }

    public ValueTask DisposeAsync() => _sweep.DisposeAsync();

    /// <summary>An abort that is asked for after this sees the activity; an earlier one is seen by the look that follows.</summary>
    private static void Begin(LaneConnection connection, ILaneActivity activity)
    {
        connection.Activity = activity;
        Interlocked.MemoryBarrier();
    }

    public override long ToTimestamp(TimeSpan span) => _time.ToTimestamp(span);

    private void GuardedSweep() => _faults.Contain(LanePlace.Timer, static lane => lane.Sweep(), this);

    private void Sweep()
    {
        List<LaneConnection> due = [];
        List<TransportSocket> limited = [];
        lock (_gate)
        {
            if (_connections.Count == 0)
            {
                _sweeping = false;
                _sweep.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                return;
            }

            var now = Now;
            due.AddRange(_connections.Where(c => c.Activity is { } activity && (now >= activity.Due || activity.HasLostPeer)));
            if (now >= _patienceDue)
            {
                limited.AddRange(_connections.SelectMany(Sockets));
                _patienceDue = long.MaxValue;
            }
        }

        if (limited.Count > 0)
        {
            _faults.Contain(LanePlace.Timer, LookAtWindows, limited);
        }

        // Outside the lock: ending a connection runs the rest of its life here.
        foreach (var connection in due)
        {
            _faults.Contain(
                LanePlace.Timer, static one => one.Connection.Activity?.Look(one.Lane.Now), (Lane: this, Connection: connection));
        }
    }

    private void LookAtWindows(List<TransportSocket> sockets)
    {
        var shortest = _windows.Look(sockets);
        lock (_gate)
        {
            Limit(shortest);
        }
    }

    /// <summary>
    /// There is a socket whose peer may be silent for so long: windows are looked at often enough for it. Under the gate.
    /// </summary>
    private void Limit(TransportSocket socket) => Limit(TimeSpan.FromMilliseconds(socket.UserTimeout));

    private void Limit(TimeSpan userTimeout)
    {
        if (userTimeout > TimeSpan.Zero && OperatingSystem.IsLinux())
        {
            _patienceDue = Math.Min(_patienceDue, Now + ToTimestamp(ClosedWindow.Period(userTimeout)));
        }
    }

    /// <summary>A connected socket whose peer may be silent only for so long.</summary>
    public ManagedSocket Limited(Socket socket, SilenceLimits limits)
    {
        var limited = new ManagedSocket(socket) { UserTimeout = limits.UserTimeoutMilliseconds };
        lock (_gate)
        {
            Limit(limited);
        }

        return limited;
    }

    private static IEnumerable<TransportSocket> Sockets(LaneConnection connection)
        => connection.DestinationSocket is { } destination ? [connection.Client, destination] : [connection.Client];
}
