using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using HaProxyNet.Transport.Async;
using HaProxyNet.Transport.Teardown;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport;

/// <summary>
/// The relay between two <see cref="RelayEnd"/>s, the same for every engine: two pumps, one a direction, that end together as the teardown
/// table says. The Managed engine relays with it, and so does every connection that has TLS on a side. The Managed engine's lane looks
/// after it from another thread, hence the lock; on the Reactor nobody ever contends for it.
/// </summary>
internal sealed partial class PumpedRelay(LaneConnection connection, RelayEnd client, RelayEnd destination) : ILaneActivity, IRelayProgress
{
    private readonly Lock _gate = new();
    private RelayState _state = RelayState.Start;
    private long _lastByte = connection.Lane.Now;
    private RelaySide? _lastFin;
    private ILaneWatch? _watch;
    private int _heldIn;
    private int _heldOut;
    private RelayResult? _broken;
    private bool _closing;
    private ExceptionDispatchInfo? _fault;

    /// <inheritdoc/>
    public long LastByteAt => Volatile.Read(ref _lastByte);

    /// <inheritdoc/>
    public long BytesIn => _state.Delivered(RelaySide.Client);

    /// <inheritdoc/>
    public long BytesOut => _state.Delivered(RelaySide.Destination);

    /// <inheritdoc/>
    public long Held(RelaySide from) => Volatile.Read(ref from is RelaySide.Client ? ref _heldIn : ref _heldOut);

    /// <summary>The limit is asked for each time: a reload may have changed it.</summary>
    public long Due => connection.IdleTimeout is { Ticks: > 0 } limit ? LastByteAt + connection.Lane.ToTimestamp(limit) : long.MaxValue;

    /// <inheritdoc/>
    public bool HasLostPeer => ResetAfterFin() is not null;

    /// <summary>Relays until the end, and calls the follower then; both sockets are closed or reset by that time.</summary>
    public static async LaneRun StartAsync(LaneConnection connection, RelayEnd client, RelayEnd destination, IRelayFollower then)
    {
        RelayResult result;
        try
        {
            result = await new PumpedRelay(connection, client, destination).RunAsync();
        }
#pragma warning disable CA1031 // The follower counts and logs it.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            then.OnFault(connection, fault);
            return;
        }

        then.OnRelayed(connection, result);
    }

    public void Look(long now)
    {
        if (now >= Due)
        {
            Abort(ConnectionOutcome.IdleTimeout);
        }
        else
        {
            lock (_gate)
            {
                if (ResetAfterFin() is { } side)
                {
                    NoteLosses();
                    Act(_state.OnSenderReset(side));
                }
            }
        }
    }

    public void Reconsider() => _watch?.Reconsider();

    public void Abort(ConnectionOutcome outcome)
    {
        lock (_gate)
        {
            Act(_closing ? RelayAction.ResetBoth : _state.OnAbort(outcome));
        }
    }

    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    private async ValueTask<RelayResult> RunAsync()
    {
        client.Socket.Attach();
        destination.Socket.Attach();
        await client.Socket.EnterAsync();
        using (_watch = connection.Lane.Watch(connection, this))
        {
            var upstream = PumpAsync(RelaySide.Client);
            var downstream = PumpAsync(RelaySide.Destination);
            await upstream;
            await downstream;
            Finish();
        }

        client.Dispose();
        destination.Dispose();
        _fault?.Throw();
        return _broken ?? _state.Result;
    }

    /// <summary>Moves everything that one side sends to the other, until that side's end, and passes the end on.</summary>
    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    private async ValueTask<bool> PumpAsync(RelaySide side)
    {
        try
        {
            if (OnEnd(side, await MoveAllAsync(side)))
            {
                await End(side.Other()).ShutdownSendAsync();
            }
        }
#pragma warning disable CA1031 // The other pump must end too before anyone is told.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _fault ??= ExceptionDispatchInfo.Capture(fault);
            Abort(ConnectionOutcome.InternalError);
        }

        return true;
    }

    /// <summary>Notes the end of a direction; true when the other side is to be told that nothing more comes.</summary>
    private bool OnEnd(RelaySide side, int seen)
    {
        lock (_gate)
        {
            if (_state.Outcome is not ConnectionOutcome.None)
            {
                return false;
            }

            if (seen == 0 && !_state.HasReset(side) && !End(side).Socket.HasFailed)
            {
                // The end of the second direction counts when the other side has been told of it: until then a reset is still a reset.
                if (_state.HasFinished(side.Other()))
                {
                    _lastFin = side;
                }
                else
                {
                    Act(_state.OnFin(side));
                }

                return true;
            }

            NoteLosses();
            Act(seen switch
            {
                Undelivered => _state.OnReceiverReset(side.Other()),
                RelayEnd.Broken => _state.OnAbort(End(side).BrokenOutcome),
                _ => _state.OnSenderReset(side),
            });
            return _closing;
        }
    }

    private void Finish()
    {
        lock (_gate)
        {
            if (_lastFin is { } side && _state.Outcome is ConnectionOutcome.None)
            {
                Act(_state.OnFin(side));
            }

            if (_closing)
            {
                client.Socket.Close();
                destination.Socket.Close();
            }
        }
    }

    /// <summary>A failure may be that the peer's system does not answer any more.</summary>
    private void NoteLosses()
    {
        foreach (var side in (ReadOnlySpan<RelaySide>)[RelaySide.Client, RelaySide.Destination])
        {
            if (End(side).Socket.HasVanished)
            {
                _state.OnVanished(side);
            }
        }
    }

    /// <summary>
    /// A side that has sent its end and has reset since: nobody reads from it any more, so nothing else would notice before the next write.
    /// </summary>
    private RelaySide? ResetAfterFin()
    {
        lock (_gate)
        {
            var clientOnly = _state.HasFinished(RelaySide.Client) && !_state.HasFinished(RelaySide.Destination);
            var destinationOnly = _state.HasFinished(RelaySide.Destination) && !_state.HasFinished(RelaySide.Client);
            return clientOnly && client.Socket.HasFailed ? RelaySide.Client
                : destinationOnly && destination.Socket.HasFailed ? RelaySide.Destination
                : null;
        }
    }

    private void Act(RelayAction action)
    {
        switch (action)
        {
            case RelayAction.CloseBoth:
                // When both directions have ended; the other side may still have to be told.
                _closing = true;
                break;
            case RelayAction.ResetBoth:
                _broken ??= Acknowledgement.Of(
                    _state, client.Socket.Socket, destination.Socket.Socket, Held(RelaySide.Client), Held(RelaySide.Destination));
                client.Socket.Reset();
                destination.Socket.Reset();
                break;
            default:
                break;
        }
    }

    private RelayEnd End(RelaySide side) => side is RelaySide.Client ? client : destination;
}
