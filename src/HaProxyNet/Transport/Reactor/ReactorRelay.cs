using System.Threading.Tasks.Sources;
using HaProxyNet.Closing;
using HaProxyNet.Relaying;

namespace HaProxyNet.Transport.Reactor;

/// <summary>
/// Moves the bytes of one connection both ways on its lane, as its two sockets are ready. Its object serves the next connection as soon as
/// this one's result was taken.
/// </summary>
internal sealed partial class ReactorRelay(ReactorLane lane)
    : IReadyTarget, IWheelTarget, ITurnTaker, IReactorActivity, IRelayProgress, IValueTaskSource<RelayResult>
{
    private ManualResetValueTaskSourceCore<RelayResult> _source;
    private RelayState _state;
    private RelayDirection _fromClient;
    private RelayDirection _fromDestination;
    private ProxyConnection? _connection;
    private ReactorSocket _client = null!;
    private ReactorSocket _destination = null!;
    private WheelTimer? _idleTimer;
    private long _idleLimit;
    private long _lastByte;
    private bool _queued;

    /// <summary>Relays until the end; both sockets are closed or reset then.</summary>
    public ValueTask<RelayResult> RunAsync(ProxyConnection connection, long idleLimit)
    {
        _state = RelayState.Start;
        _connection = connection;
        _client = (ReactorSocket)connection.Client;
        _destination = (ReactorSocket)connection.DestinationSocket!;
        _idleLimit = idleLimit;
        _lastByte = lane.Now;
        connection.Activity = this;
        _client.Owner = this;
        _destination.Owner = this;
        if (idleLimit > 0)
        {
            _idleTimer = lane.StartTimer(this, _lastByte + idleLimit);
        }

        var task = new ValueTask<RelayResult>(this, _source.Version);
        if (connection.AbortRequest is var asked and not ConnectionOutcome.None)
        {
            Abort(asked);
        }
        else
        {
            Continue();
        }

        return task;
    }

    /// <inheritdoc/>
    public long LastByteAt => Volatile.Read(ref _lastByte);

    /// <inheritdoc/>
    public long BytesIn => _state.Delivered(RelaySide.Client);

    /// <inheritdoc/>
    public long BytesOut => _state.Delivered(RelaySide.Destination);

    public void OnReady(ReactorSocket socket) => Continue();

    /// <summary>Moves what can be moved in both directions.</summary>
    public void Continue()
    {
        _queued = false;
        if (_connection is null)
        {
            return;
        }

        Move(RelaySide.Client);
        Move(RelaySide.Destination);
        NoticeResetAfterFin(RelaySide.Client);
        NoticeResetAfterFin(RelaySide.Destination);
    }

    public void Abort(ConnectionOutcome outcome) => Act(_state.OnAbort(outcome), RelaySide.Client);

    public void OnTimer()
    {
        _idleTimer = null;
        var due = _lastByte + _idleLimit;
        if (lane.Now >= due)
        {
            Abort(ConnectionOutcome.IdleTimeout);
        }
        else
        {
            _idleTimer = lane.StartTimer(this, due);
        }
    }

    RelayResult IValueTaskSource<RelayResult>.GetResult(short token)
    {
        var result = _source.GetResult(token);
        _source.Reset();
        lane.Recycle(this);
        return result;
    }

    ValueTaskSourceStatus IValueTaskSource<RelayResult>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<RelayResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _source.OnCompleted(continuation, state, token, flags);

    private void Move(RelaySide side)
    {
        ref var direction = ref side is RelaySide.Client ? ref _fromClient : ref _fromDestination;
        if (_state.Outcome is not ConnectionOutcome.None || direction.Ended)
        {
            return;
        }

        switch (Pump(side, ref direction))
        {
            case PumpEvent.Fin when !_state.HasReset(side):
                direction.Ended = true;
                Act(_state.OnFin(side), side);
                break;
            case PumpEvent.Fin or PumpEvent.SenderReset:
                direction.Ended = true;
                Act(_state.OnSenderReset(side), side);
                break;
            case PumpEvent.ReceiverReset:
                direction.Ended = true;
                Act(_state.OnReceiverReset(side.Other()), side);
                break;
            case PumpEvent.ShareUsed when !_queued:
                _queued = true;
                lane.ContinueLater(this);
                break;
            default:
                break;
        }
    }

    /// <summary>Nobody reads from a side that has sent its FIN; that it has reset since is only seen here.</summary>
    private void NoticeResetAfterFin(RelaySide side)
    {
        if (_state.Outcome is ConnectionOutcome.None && _state.HasFinished(side) && Socket(side).HungUp)
        {
            Act(_state.OnSenderReset(side), side);
        }
    }

    private void Act(RelayAction action, RelaySide side)
    {
        switch (action)
        {
            case RelayAction.PassFin:
                Socket(side.Other()).ShutdownSend();
                break;
            case RelayAction.CloseBoth:
                _client.Close();
                _destination.Close();
                Finish();
                break;
            case RelayAction.ResetBoth:
                _client.Reset();
                _destination.Reset();
                Finish();
                break;
            default:
                break;
        }
    }

    private void Finish()
    {
        if (_idleTimer is { } timer)
        {
            lane.StopTimer(timer);
            _idleTimer = null;
        }

        Release(ref _fromClient);
        Release(ref _fromDestination);
        _connection!.Activity = null;
        _connection = null;
        _client = null!;
        _destination = null!;
        _source.SetResult(_state.Result);
    }

    private ReactorSocket Socket(RelaySide side) => side is RelaySide.Client ? _client : _destination;
}
