using System.Buffers;
using System.Net.Sockets;
using HaProxyNet.Transport.Teardown;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport.Managed;

/// <summary>Two pumps, one a direction, that end together as the teardown table says.</summary>
internal sealed class ManagedRelay(ManagedSocket client, ManagedSocket destination, Lane lane, long idleLimit) : IRelayProgress
{
    /// <summary>The most that is held of one direction while its receiver is slow.</summary>
    private const int BufferSize = 64 * 1024;

    private readonly Lock _gate = new();
    private RelayState _state = RelayState.Start;
    private long _lastByte = lane.Now;
    private int _heldIn;
    private int _heldOut;
    private RelayResult? _broken;

    /// <inheritdoc/>
    public long LastByteAt => Volatile.Read(ref _lastByte);

    /// <inheritdoc/>
    public long BytesIn => _state.Delivered(RelaySide.Client);

    /// <inheritdoc/>
    public long BytesOut => _state.Delivered(RelaySide.Destination);

    /// <inheritdoc/>
    public long Held(RelaySide from) => Volatile.Read(ref from is RelaySide.Client ? ref _heldIn : ref _heldOut);

    /// <summary>Relays until the end. Both sockets are closed or reset on return.</summary>
    public async ValueTask<RelayResult> RunAsync()
    {
        var upstream = PumpAsync(RelaySide.Client);
        var downstream = PumpAsync(RelaySide.Destination);
        await upstream;
        await downstream;
        return _broken ?? _state.Result;
    }

    /// <summary>Whether no byte has passed for too long.</summary>
    public bool IsIdle(long now) => idleLimit > 0 && now - Volatile.Read(ref _lastByte) >= idleLimit;

    /// <summary>
    /// Whether a side that has sent its FIN has reset since: nobody reads from it any more, so nothing else would notice before the next
    /// write.
    /// </summary>
    public RelaySide? ResetAfterFin()
    {
        lock (_gate)
        {
            var clientOnly = _state.HasFinished(RelaySide.Client) && !_state.HasFinished(RelaySide.Destination);
            var destinationOnly = _state.HasFinished(RelaySide.Destination) && !_state.HasFinished(RelaySide.Client);
            return clientOnly && client.WasReset() ? RelaySide.Client
                : destinationOnly && destination.WasReset() ? RelaySide.Destination
                : null;
        }
    }

    /// <summary>A side that had sent its FIN has reset.</summary>
    public void EndByReset(RelaySide side)
    {
        lock (_gate)
        {
            NoteLoss(side, Socket(side).TakeError());
            Act(_state.OnSenderReset(side), side);
        }
    }

    /// <summary>Ends the relay by resetting both sides. Any thread; does nothing when it has ended.</summary>
    public void Abort(ConnectionOutcome outcome)
    {
        lock (_gate)
        {
            Act(_state.OnAbort(outcome), RelaySide.Client);
        }
    }

    /// <summary>Moves everything that one side sends to the other, until that side's FIN or reset.</summary>
    private async Task PumpAsync(RelaySide side)
    {
        var seen = PumpEvent.Drained;
        var waited = SocketError.Success;
        while (seen is PumpEvent.Drained && _state.Outcome is ConnectionOutcome.None)
        {
            seen = await MoveAsync(side);
            if (seen is PumpEvent.Drained)
            {
                waited = await Socket(side).WaitReadableAsync();
            }
        }

        if (seen is PumpEvent.Fin && waited is not SocketError.Success)
        {
            // Linux tells an error once, and the wait has taken it: what was read since is all that came before it.
            seen = PumpEvent.SenderReset;
            NoteLoss(side, waited);
        }

        lock (_gate)
        {
            if (_state.Outcome is ConnectionOutcome.None)
            {
                Act(Judge(side, seen), side);
            }
        }
    }

    private RelayAction Judge(RelaySide side, PumpEvent seen) => seen switch
    {
        PumpEvent.Fin when !WasReset(side) => _state.OnFin(side),
        PumpEvent.ReceiverReset => _state.OnReceiverReset(side.Other()),
        _ => _state.OnSenderReset(side),
    };

    private void Act(RelayAction action, RelaySide side)
    {
        switch (action)
        {
            case RelayAction.PassFin:
                Socket(side.Other()).ShutdownSend();
                break;
            case RelayAction.CloseBoth:
                client.Close();
                destination.Close();
                break;
            case RelayAction.ResetBoth:
                _broken = Acknowledgement.Of(_state, client, destination, Held(RelaySide.Client), Held(RelaySide.Destination));
                client.Reset();
                destination.Reset();
                break;
            default:
                break;
        }
    }

    /// <summary>Moves what is there now.</summary>
    private async ValueTask<PumpEvent> MoveAsync(RelaySide side)
    {
        var from = Socket(side);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (true)
            {
                var count = from.TryReceive(buffer.AsSpan(0, BufferSize), out var error);
                if (error is SocketError.WouldBlock)
                {
                    return PumpEvent.Drained;
                }

                if (error is not SocketError.Success || count == 0)
                {
                    NoteLoss(side, error);
                    return error is SocketError.Success ? PumpEvent.Fin : PumpEvent.SenderReset;
                }

                Volatile.Write(ref _lastByte, lane.Now);

                // Counted before they go out: the answer to them, and the FIN behind it, may be here before this line's thread runs again.
                Count(side, count);
                if (!await DeliverAsync(side.Other(), buffer.AsMemory(0, count)))
                {
                    Count(side, -count);
                    return PumpEvent.ReceiverReset;
                }

                Hold(side, 0);

                if (count < BufferSize)
                {
                    return PumpEvent.Drained;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Gives bytes to the receiver; until it has taken them, nothing more is read from the sender.</summary>
    private async ValueTask<bool> DeliverAsync(RelaySide side, Memory<byte> data)
    {
        var to = Socket(side);
        var sent = to.TrySend(data.Span, out var error);
        if (error is SocketError.WouldBlock || (error is SocketError.Success && sent < data.Length))
        {
            error = await to.SendAsync(data[Math.Max(sent, 0)..]);
            Volatile.Write(ref _lastByte, lane.Now);
        }

        NoteLoss(side, error);
        return error is SocketError.Success;
    }

    /// <summary>The system tells an error once: whether the peer has reset or vanished is kept until the relay ends.</summary>
    private void NoteLoss(RelaySide side, SocketError error)
    {
        if (TeardownRules.IsSilence(error))
        {
            lock (_gate)
            {
                _state.OnVanished(side);
            }
        }
    }

    private void Hold(RelaySide side, int count) => Volatile.Write(ref side is RelaySide.Client ? ref _heldIn : ref _heldOut, count);

    private void Count(RelaySide side, int count)
    {
        lock (_gate)
        {
            Hold(side, Math.Max(count, 0));
            _state.OnDelivered(side, count);
        }
    }

    /// <summary>
    /// Whether an end of data is in truth a reset whose error a write has taken. After our own FIN the state "closed" is where an orderly
    /// end leads, and nobody writes any more.
    /// </summary>
    private bool WasReset(RelaySide side)
        => _state.HasReset(side) || (!_state.HasFinished(side.Other()) && Socket(side).WasReset());

    private ManagedSocket Socket(RelaySide side) => side is RelaySide.Client ? client : destination;
}
