using System.Threading.Tasks.Sources;
using HaProxyNet.Connections;
using HaProxyNet.State;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Connecting;

/// <summary>
/// The hedge of one connection: its attempts that were slow (connects, and TLS handshakes with destinations that have accepted) go on in
/// addition to the current one. The first that is through overtakes what the connection does. After the connection has let them go, their
/// ends are evidence about their destinations. Any thread.
/// </summary>
internal sealed class ConnectRace(ProxyConnection connection) : ILaneRace, ILaneActivity, IValueTaskSource<ConnectStatus>
{
    private readonly Lock _gate = new();
    private readonly List<(ConnectAttempt Attempt, SlowAttempt Known)> _pending = [];
    private (ConnectAttempt Attempt, SlowAttempt Known)? _winner;
    private ManualResetValueTaskSourceCore<ConnectStatus> _alone;
    private ConnectStatus _last = ConnectStatus.TimedOut;
    private LaneSocket? _client;
    private bool _isWaiting;

    /// <summary>The attempt that the connection has taken.</summary>
    public SlowAttempt? Taken { get; private set; }

    /// <inheritdoc/>
    public bool IsOpen
    {
        get
        {
            lock (_gate)
            {
                return _winner is not null || _pending.Count > 0;
            }
        }
    }

    /// <inheritdoc/>
    public bool HasWinner
    {
        get
        {
            lock (_gate)
            {
                return _winner is not null;
            }
        }
    }

    /// <inheritdoc/>
    public bool HasLostPeer => _client!.HasFailed;

    /// <summary>The race of a connection; null: it never had a slow attempt.</summary>
    public static ConnectRace? Of(ProxyConnection connection) => (ConnectRace?)connection.Race;

    /// <summary>Enters the attempt that has just stepped aside. On the lane.</summary>
    public static void Enter(ProxyConnection connection, SlowAttempt known)
    {
        var race = (ConnectRace)(connection.Race ??= new ConnectRace(connection));
        var attempt = connection.SteppedAside!;
        connection.SteppedAside = null;
        lock (race._gate)
        {
            race._pending.Add((attempt, known));
        }

        attempt.GoOn(ended => race.OnEnded(ended, known));
    }

    /// <summary>
    /// Whether an earlier attempt is through as well, now that the current one is: then that one is taken, for its destination is the
    /// preferred one. On the lane.
    /// </summary>
    public bool IsAhead()
    {
        (ConnectAttempt Attempt, SlowAttempt)[] pending;
        lock (_gate)
        {
            pending = [.. _pending];
        }

        return HasWinner || Array.Exists(pending, one => one.Attempt.TryFinish());
    }

    /// <summary>Gives the connection what the winner has connected; null: there is none. On the lane.</summary>
    public SlowAttempt? TryTake()
    {
        (ConnectAttempt Attempt, SlowAttempt Known)? winner;
        lock (_gate)
        {
            (winner, _winner) = (_winner, null);
        }

        if (winner is not var (attempt, known))
        {
            return null;
        }

        attempt.Give(connection);
        return Taken = known;
    }

    /// <summary>Waits when there is nothing else to try: overtaken by one of them, or the end of the last one. On the lane.</summary>
    public async ValueTask<ConnectStatus> WaitAsync()
    {
        _client = connection.ClientEnd?.Socket ?? connection.Lane.Open(connection, connection.Client);
        _client.Attach();
        lock (_gate)
        {
            _alone.Reset();
            _isWaiting = true;
        }

        using (connection.Lane.Watch(connection, this))
        {
            if (HasWinner)
            {
                EndWait(ConnectStatus.Overtaken);
            }
            else if (!IsOpen)
            {
                EndWait(_last);
            }
            else if (HasLostPeer)
            {
                EndWait(ConnectStatus.ClientGone);
            }

            return await new ValueTask<ConnectStatus>(this, _alone.Version);
        }
    }

    /// <summary>The connection has its destination, or has ended. On the lane.</summary>
    /// <param name="isTaken">It has its destination: the others have lost.</param>
    public void LetGo(bool isTaken) => LetGo(isTaken ? connection.Destination : null, static _ => true);

    /// <summary>The same for connects alone: the connection shakes hands with a destination that has accepted.</summary>
    /// <param name="accepted">That destination. The connection is still on its way to another one where this one has overtaken it.</param>
    public void LetConnectsGo(Destination accepted) => LetGo(accepted, static known => !known.HasAccepted);

    public void GiveUp(object target)
    {
        ConnectAttempt[] meant;
        lock (_gate)
        {
            meant = [.. _pending.Where(one => ReferenceEquals(one.Known.Destination, target)).Select(one => one.Attempt)];
        }

        Array.ForEach(meant, attempt => attempt.GiveUp());
    }

    public void Look(long now)
    {
        if (HasLostPeer)
        {
            EndWait(ConnectStatus.ClientGone);
        }
    }

    public void Abort(ConnectionOutcome outcome) => EndWait(ConnectStatus.Aborted);

    public void Overtake() => EndWait(ConnectStatus.Overtaken);

    ConnectStatus IValueTaskSource<ConnectStatus>.GetResult(short token) => _alone.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<ConnectStatus>.GetStatus(short token) => _alone.GetStatus(token);

    void IValueTaskSource<ConnectStatus>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _alone.OnCompleted(continuation, state, token, flags);

    /// <summary>One has ended: the connection takes it, if it still wants one and an operator has not taken the destination out.</summary>
    private void OnEnded(ConnectAttempt attempt, SlowAttempt known)
    {
        bool isWanted, isLast;
        lock (_gate)
        {
            isWanted = _pending.Remove((attempt, known)) && attempt.Status is ConnectStatus.Connected && _winner is null
                && known.Destination.Maintenance is Maintenance.None;
            _winner = isWanted ? (attempt, known) : _winner;
            isLast = _pending.Count == 0 && _winner is null;
            _last = attempt.Status is ConnectStatus.Connected ? ConnectStatus.MovedOn : attempt.Status;
        }

        if (isWanted)
        {
            Lane.Overtake(connection);
            return;
        }

        Leave(attempt, known);
        if (isLast)
        {
            EndWait(_last);
        }
    }

    /// <param name="taken">What the others have lost to; null: they have not lost.</param>
    /// <param name="isMeant">Which ones.</param>
    private void LetGo(Destination? taken, Predicate<SlowAttempt> isMeant)
    {
        List<(ConnectAttempt, SlowAttempt Known)> gone;
        (ConnectAttempt Attempt, SlowAttempt Known)? winner;
        lock (_gate)
        {
            gone = _pending.FindAll(one => isMeant(one.Known));
            _pending.RemoveAll(one => isMeant(one.Known));
            winner = _winner is { } through && isMeant(through.Known) ? through : null;
            _winner = winner is null ? _winner : null;
        }

        if (winner is var (attempt, known))
        {
            Leave(attempt, known);
        }

        // Another address of the destination that was taken has lost nothing.
        foreach (var (_, one) in gone.Where(one => taken is not null && !ReferenceEquals(one.Known.Destination, taken)))
        {
            one.LostTheHedge();
        }
    }

    /// <summary>No connection wants it: its end is evidence.</summary>
    private static void Leave(ConnectAttempt attempt, SlowAttempt known)
    {
        attempt.Discard();
        known.Report(attempt.Status);
    }

    private void EndWait(ConnectStatus status)
    {
        lock (_gate)
        {
            if (!_isWaiting)
            {
                return;
            }

            _isWaiting = false;
        }

        _alone.SetResult(status);
    }
}
