using System.Threading.Tasks.Sources;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Async;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Tls.Reencrypting;

/// <summary>
/// A handshake that its connection waits for only as long as it has patience. After that it goes on by itself, and may outlive the
/// connection. It ends once, for one of the two that may wait for it.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="session">The session.</param>
/// <param name="handshake">The handshake.</param>
/// <param name="patience">How long its connection waits for it.</param>
/// <param name="timeout">How long it may take, the patience included.</param>
/// <param name="judge">Notes how it has ended.</param>
internal sealed class RunningHandshake(
    LaneConnection connection,
    TlsSession session,
    WatchedHandshake handshake,
    TimeSpan patience,
    TimeSpan timeout,
    Func<HandshakeResult, ConnectStatus> judge)
    : ConnectAttempt, IValueTaskSource<ConnectStatus>
{
    private readonly Lock _gate = new();
    private ManualResetValueTaskSourceCore<ConnectStatus> _source;
    private IDisposable? _alarm;
    private Action<ConnectAttempt>? _then;
    private ConnectStatus _status;
    private bool _isOver;
    private bool _isSlow;

    public override ConnectStatus Status => _status;

    /// <summary>
    /// Begins, and returns how it has ended, or <see cref="ConnectStatus.Slow"/>: then <see cref="GoOn"/> is to be called.
    /// </summary>
    public ValueTask<ConnectStatus> RunAsync()
    {
        _ = ShakeHandsAsync();
        SetAlarm(patience, LosePatience);
        return new(this, _source.Version);
    }

    public override void GoOn(Action<ConnectAttempt> then)
    {
        handshake.GoOnAlone();
        SetAlarm(timeout - patience, TimeOut);
        lock (_gate)
        {
            _then = then;
            if (!_isOver)
            {
                return;
            }
        }

        then(this);
    }

    public override void GiveUp() => handshake.MoveOn();

    public override void Give(LaneConnection connection)
        => (connection.DestinationEnd, connection.DestinationSocket) = (session, session.Socket.Socket);

    /// <remarks>The destination sees a session that ends in order.</remarks>
    public override void Discard() => _ = UnusedSession.EndAsync(session, isThrough: _status is ConnectStatus.Connected);

    ConnectStatus IValueTaskSource<ConnectStatus>.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<ConnectStatus>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<ConnectStatus>.OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags)
        => _source.OnCompleted(continuation, state, token, flags);

    /// <summary>
    /// It has taken too long for the connection, unless the destination has answered: then it is this process that is late, and the answer
    /// is waited for as long again.
    /// </summary>
    private void LosePatience()
    {
        if (session.Socket.HasUnread)
        {
            SetAlarm(patience, LosePatience);
            return;
        }

        lock (_gate)
        {
            if (_isOver)
            {
                return;
            }

            _isSlow = true;
        }

        _source.SetResult(ConnectStatus.Slow);
    }

    /// <summary>Its time is over, unless it has as long again.</summary>
    private void TimeOut()
    {
        handshake.Look(long.MaxValue);
        SetAlarm(timeout, TimeOut);
    }

    /// <summary>Rings once, unless the handshake is over before.</summary>
    private void SetAlarm(TimeSpan after, Action ring)
    {
        var unused = connection.Lane.Alarm(after, static ring => ((Action)ring)(), ring);
        lock (_gate)
        {
            if (!_isOver)
            {
                (unused, _alarm) = (_alarm, unused);
            }
        }

        unused?.Dispose();
    }

    private async LaneRun ShakeHandsAsync()
    {
        _status = judge(await handshake.RunAsync());
        Action<ConnectAttempt>? then;
        bool isSlow;
        lock (_gate)
        {
            _isOver = true;
            (then, isSlow) = (_then, _isSlow);
        }

        _alarm?.Dispose();
        then?.Invoke(this);
        if (!isSlow)
        {
            _source.SetResult(_status);
        }
    }
}
