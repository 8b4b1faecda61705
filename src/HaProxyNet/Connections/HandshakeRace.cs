using System.Threading.Tasks.Sources;
using HaProxyNet.State;
using HaProxyNet.Tls.Reencrypting;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Connections;

/// <summary>
/// The TLS handshakes of one connection that were not over soon: they go on in addition to the next attempts, the first session that comes
/// about is taken, and after the connection has let them go their ends are evidence about their destinations. Any thread.
/// </summary>
internal sealed class HandshakeRace(ProxyConnection connection) : ILaneActivity, IValueTaskSource<ConnectStatus>
{
    private readonly Lock _gate = new();
    private readonly List<ISlowAttempt> _pending = [];
    private ManualResetValueTaskSourceCore<ConnectStatus> _alone;
    private RunningHandshake? _unnamed;
    private (RunningHandshake Handshake, ISlowAttempt Attempt)? _winner;
    private bool _isWaiting;
    private bool _letGo;

    /// <summary>Whether one is through that the connection has not taken yet.</summary>
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

    /// <summary>Whether one goes on, or is through.</summary>
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
    public long Due => long.MaxValue;

    /// <inheritdoc/>
    public bool HasLostPeer => connection.ClientEnd!.Socket.HasFailed;

    /// <summary>A handshake was not over soon; <see cref="Keep"/> names it.</summary>
    public void StepAside(RunningHandshake handshake) => _unnamed = handshake;

    /// <summary>Names the handshake that has just stepped aside. On the lane.</summary>
    public void Keep(ISlowAttempt attempt)
    {
        lock (_gate)
        {
            _pending.Add(attempt);
        }

        _unnamed!.GoOn(handshake => End(handshake, attempt));
    }

    /// <summary>Gives the connection the session that came about first; false: there is none. On the lane.</summary>
    public bool TryTake()
    {
        (RunningHandshake Handshake, ISlowAttempt Attempt)? winner;
        lock (_gate)
        {
            (winner, _winner) = (_winner, null);
        }

        if (winner is not var (handshake, attempt))
        {
            return false;
        }

        if (connection.DestinationSocket is { } other)
        {
            // A slow connect was through at the same time.
            other.Reset();
            connection.Winner!.Report(ConnectStatus.Connected);
        }

        connection.DestinationEnd = handshake.Session;
        connection.DestinationSocket = handshake.Session.Socket.Socket;
        connection.Winner = attempt;
        return true;
    }

    /// <summary>Waits when there is nothing else to try: overtaken by one of them, or the end of the last one. On the lane.</summary>
    public async ValueTask<ConnectStatus> WaitAsync()
    {
        connection.ClientEnd!.Socket.Attach();
        lock (_gate)
        {
            _alone.Reset();
            _isWaiting = true;
        }

        using (connection.Lane.Watch(connection, this))
        {
            if (!IsOpen)
            {
                EndWait(ConnectStatus.TlsFailed);
            }
            else if (HasLostPeer)
            {
                EndWait(ConnectStatus.ClientGone);
            }

            return await new ValueTask<ConnectStatus>(this, _alone.Version);
        }
    }

    /// <summary>The connection has its destination, or has ended. Returns those that go on.</summary>
    public IReadOnlyList<ISlowAttempt> LetGo()
    {
        ISlowAttempt[] pending;
        (RunningHandshake Handshake, ISlowAttempt Attempt)? winner;
        lock (_gate)
        {
            _letGo = true;
            (winner, _winner) = (_winner, null);
            pending = [.. _pending];
        }

        if (winner is var (handshake, attempt))
        {
            Leave(handshake, attempt);
        }

        return pending;
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
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags)
        => _alone.OnCompleted(continuation, state, token, flags);

    /// <summary>One has ended: the connection takes it, if it still wants one and an operator has not taken the destination out.</summary>
    private void End(RunningHandshake handshake, ISlowAttempt attempt)
    {
        bool isWanted, isLast;
        lock (_gate)
        {
            _pending.Remove(attempt);
            isWanted = handshake.Status is ConnectStatus.Connected
                && !_letGo
                && _winner is null
                && ((Destination)attempt.Target).Maintenance is Maintenance.None;
            if (isWanted)
            {
                _winner = (handshake, attempt);
            }

            isLast = _pending.Count == 0 && _winner is null;
        }

        if (isWanted)
        {
            connection.Lane.Overtake(connection);
            return;
        }

        Leave(handshake, attempt);
        if (isLast)
        {
            EndWait(ConnectStatus.TlsFailed);
        }
    }

    /// <summary>No connection wants it: its end is evidence, and the destination sees a session that ends in order.</summary>
    private static void Leave(RunningHandshake handshake, ISlowAttempt attempt)
    {
        attempt.Report(handshake.Status);
        _ = UnusedSession.EndAsync(handshake.Session, isThrough: handshake.Status is ConnectStatus.Connected);
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
