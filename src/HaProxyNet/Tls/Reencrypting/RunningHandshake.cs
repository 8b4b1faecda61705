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
/// <param name="left">How long it may go on after that.</param>
/// <param name="judge">Notes how it has ended.</param>
internal sealed class RunningHandshake(
    LaneConnection connection, TlsSession session, WatchedHandshake handshake, TimeSpan left, Func<HandshakeResult, ConnectStatus> judge)
    : ConnectAttempt, IValueTaskSource<ConnectStatus>
{
    private readonly Lock _gate = new();
    private ManualResetValueTaskSourceCore<ConnectStatus> _source;
    private IDisposable? _deadline;
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
        return new(this, _source.Version);
    }

    /// <summary>It has taken too long for the connection.</summary>
    public void LosePatience()
    {
        lock (_gate)
        {
            if (_isOver || _isSlow)
            {
                return;
            }

            _isSlow = true;
        }

        _source.SetResult(ConnectStatus.Slow);
    }

    public override void GoOn(Action<ConnectAttempt> then)
    {
        handshake.GoOnAlone();
        var deadline = connection.Lane.Alarm(left, static h => ((WatchedHandshake)h).Look(long.MaxValue), handshake);
        lock (_gate)
        {
            (_then, _deadline) = (then, deadline);
            if (!_isOver)
            {
                return;
            }
        }

        deadline.Dispose();
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

    private async LaneRun ShakeHandsAsync()
    {
        _status = judge(await handshake.RunAsync());
        Action<ConnectAttempt>? then;
        lock (_gate)
        {
            _isOver = true;
            then = _then;
            if (_isSlow && then is null)
            {
                return;
            }
        }

        if (then is null)
        {
            _source.SetResult(_status);
            return;
        }

        _deadline?.Dispose();
        then(this);
    }
}
