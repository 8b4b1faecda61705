using HaProxyNet.Transport.Native;
using HaProxyNet.Transport.Reactor.Loop;
using HaProxyNet.Transport.Teardown;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport.Reactor.Relaying;

/// <summary>
/// Moves the bytes of one connection both ways on its lane, as its two sockets are ready. Its object serves the next connection as soon as
/// the follower of this one has returned.
/// </summary>
internal sealed partial class ReactorRelay(ReactorLane lane)
    : IReadyTarget, IWheelTarget, ITurnTaker, ILaneActivity, IRelayProgress
{
    private RelayState _state;
    private RelayDirection _fromClient;
    private RelayDirection _fromDestination;
    private LaneConnection? _connection;
    private IRelayFollower _then = null!;
    private WheelTimer? _idleTimer;
    private long _lastByte;
    private bool _queued;
    private bool _pausesAreSeen;
    private bool _isHeld;

    /// <summary>When it has been silent for too long, if nothing comes; null: never.</summary>
    private long? IdleEnds => _connection!.IdleTimeout is { Ticks: > 0 } limit ? _lastByte + lane.ToTimestamp(limit) : null;

    private ReactorSocket Client => (ReactorSocket)_connection!.Client;

    private ReactorSocket Destination => (ReactorSocket)_connection!.DestinationSocket!;

    /// <summary>Relays until the end; both sockets are closed or reset when the follower is called.</summary>
    public void Start(LaneConnection connection, IRelayFollower then)
    {
        _state = RelayState.Start;
        _connection = connection;
        _then = then;
        _lastByte = lane.Now;
        connection.Activity = this;
        Client.Owner = this;
        Destination.Owner = this;
        StartIdleTimer();
        if (connection.AbortRequest is var asked and not ConnectionOutcome.None)
        {
            Abort(asked);
        }
        else
        {
            Continue();
        }
    }

    /// <inheritdoc/>
    public long LastByteAt => Volatile.Read(ref _lastByte);

    /// <inheritdoc/>
    public long BytesIn => _state.Delivered(RelaySide.Client);

    /// <inheritdoc/>
    public long BytesOut => _state.Delivered(RelaySide.Destination);

    /// <remarks>A byte counts here when the system has it.</remarks>
    public long Held(RelaySide from) => 0;

    public void OnReady(ReactorSocket socket) => Continue();

    /// <summary>Moves what can be moved in both directions.</summary>
    public void Continue()
    {
        _queued = false;
        if (_connection is null || _isHeld)
        {
            return;
        }

        Move(RelaySide.Client);
        Move(RelaySide.Destination);
        NoticeResetAfterFin(RelaySide.Client);
        NoticeResetAfterFin(RelaySide.Destination);
    }

    public void Abort(ConnectionOutcome outcome)
    {
        // What is held may be another process's by now; the request stands in the connection.
        if (!_isHeld)
        {
            Act(_state.OnAbort(outcome), RelaySide.Client);
        }
    }

    public void OnTimer()
    {
        _idleTimer = null;
        if (IdleEnds is { } ends && lane.Now >= ends)
        {
            Abort(ConnectionOutcome.IdleTimeout);
        }
        else
        {
            StartIdleTimer();
        }
    }

    /// <summary>A reload may have given, changed or taken away its limit.</summary>
    public void Reconsider()
    {
        // What is held may be another process's by now; where it is not, its timer begins when it goes on.
        if (!_isHeld)
        {
            StartIdleTimer();
        }
    }

    /// <summary>The lane no longer looks for pauses of this relay.</summary>
    public void PausesAreUnseen() => _pausesAreSeen = false;

    private void StartIdleTimer()
    {
        StopTimer();
        _idleTimer = IdleEnds is { } ends ? lane.StartTimer(this, ends) : null;
    }

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
            NoteLoss(side, Descriptor.TakeError(Socket(side).Descriptor));
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
                Client.Close();
                Destination.Close();
                Finish(_state.Result);
                break;
            case RelayAction.ResetBoth:
                var result = Acknowledgement.Of(_state, Client, Destination);
                Client.Reset();
                Destination.Reset();
                Finish(result);
                break;
            default:
                break;
        }
    }

    private void Finish(in RelayResult result)
    {
        StopTimer();
        Release(ref _fromClient);
        Release(ref _fromDestination);
        var connection = _connection!;
        connection.Activity = null;
        _connection = null;
        _then.OnRelayed(connection, result);
        lane.Recycle(this);
    }

    private void StopTimer()
    {
        if (_idleTimer is { } timer)
        {
            lane.StopTimer(timer);
            _idleTimer = null;
        }
    }

    private ReactorSocket Socket(RelaySide side) => side is RelaySide.Client ? Client : Destination;
}
