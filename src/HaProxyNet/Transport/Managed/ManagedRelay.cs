using System.Buffers;
using System.Net.Sockets;
using HaProxyNet.Closing;
using HaProxyNet.Relaying;

namespace HaProxyNet.Transport.Managed;

/// <summary>Two pumps, one a direction, that end together as the teardown table says.</summary>
internal sealed class ManagedRelay(ManagedSocket client, ManagedSocket destination, Lane lane, long idleLimit)
{
    /// <summary>The most that is held of one direction while its receiver is slow.</summary>
    private const int BufferSize = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly List<RelaySide> _resetSides = [];
    private RelayFlow _fromClient = RelayFlow.Start;
    private RelayFlow _fromDestination = RelayFlow.Start;
    private RelaySide? _firstFin;
    private int _outcome;
    private long _lastByte = lane.Now;

    private bool HasEnded => Volatile.Read(ref _outcome) != (int)ConnectionOutcome.None;

    /// <summary>Relays until the end. Both sockets are closed or reset on return.</summary>
    public async ValueTask<RelayResult> RunAsync()
    {
        var upstream = PumpAsync(RelaySide.Client);
        var downstream = PumpAsync(RelaySide.Destination);
        await upstream;
        await downstream;
        if (Interlocked.CompareExchange(ref _outcome, (int)ConnectionOutcome.Completed, (int)ConnectionOutcome.None) == (int)ConnectionOutcome.None)
        {
            client.Close();
            destination.Close();
        }

        return new RelayResult((ConnectionOutcome)_outcome, _firstFin ?? RelaySide.Client, _fromClient.Bytes, _fromDestination.Bytes);
    }

    /// <summary>Whether no byte has passed for too long.</summary>
    public bool IsIdle(long now) => idleLimit > 0 && now - Volatile.Read(ref _lastByte) >= idleLimit;

    /// <summary>Ends the relay by resetting both sides; the first reason stays. Any thread.</summary>
    public void ResetBoth(ConnectionOutcome outcome)
    {
        if (Interlocked.CompareExchange(ref _outcome, (int)outcome, (int)ConnectionOutcome.None) == (int)ConnectionOutcome.None)
        {
            client.Reset();
            destination.Reset();
        }
    }

    /// <summary>Moves everything that one side sends to the other, until that side's FIN or reset.</summary>
    private async Task PumpAsync(RelaySide side)
    {
        while (!HasEnded)
        {
            switch (await MoveAsync(side))
            {
                case PumpEvent.Drained:
                    // An error shows again, with everything before it, when the pump reads.
                    await Socket(side).WaitReadableAsync();
                    break;
                case PumpEvent.Fin when !WasReset(side):
                    OnFin(side);
                    return;
                case PumpEvent.ReceiverReset:
                    // What the receiver sent before it reset is still delivered by the other pump, which then ends the relay.
                    OnReceiverReset(Other(side));
                    return;
                default:
                    OnReset(side);
                    return;
            }
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
                    return error is SocketError.Success ? PumpEvent.Fin : PumpEvent.SenderReset;
                }

                Volatile.Write(ref _lastByte, lane.Now);
                if (!await DeliverAsync(Socket(Other(side)), buffer.AsMemory(0, count)))
                {
                    return PumpEvent.ReceiverReset;
                }

                Flow(side).Bytes += count;
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
    private async ValueTask<bool> DeliverAsync(ManagedSocket to, Memory<byte> data)
    {
        var sent = to.TrySend(data.Span, out var error);
        if (error is SocketError.WouldBlock || (error is SocketError.Success && sent < data.Length))
        {
            error = await to.SendAsync(data[Math.Max(sent, 0)..]);
            Volatile.Write(ref _lastByte, lane.Now);
        }

        return error is SocketError.Success;
    }

    private void OnFin(RelaySide side)
    {
        lock (_gate)
        {
            _firstFin ??= side;
            Flow(Other(side)).BytesAtPeerFin = Flow(Other(side)).Bytes;
            Flow(side).FinDelivered = true;
        }

        Socket(Other(side)).ShutdownSend();
    }

    private void OnReceiverReset(RelaySide receiver)
    {
        bool nothingToDeliver;
        lock (_gate)
        {
            nothingToDeliver = Flow(receiver).FinDelivered || _resetSides.Count > 0;
            _resetSides.Add(receiver);
        }

        if (nothingToDeliver)
        {
            ResetBoth(Teardown.OutcomeOfReset(receiver));
        }
    }

    private void OnReset(RelaySide side)
    {
        bool orderly;
        lock (_gate)
        {
            orderly = Teardown.IsAnswerToFin(toPeer: Flow(Other(side)), fromPeer: Flow(side));
        }

        if (orderly)
        {
            OnFin(side);
        }
        else
        {
            ResetBoth(Teardown.OutcomeOfReset(side));
        }
    }

    /// <summary>Whether an end of data is in truth a reset whose error a write has taken.</summary>
    private bool WasReset(RelaySide side)
    {
        lock (_gate)
        {
            // After our own FIN the state "closed" is where an orderly end leads, and nobody writes any more.
            return _resetSides.Contains(side) || (!Flow(Other(side)).FinDelivered && Socket(side).WasReset());
        }
    }

    private ManagedSocket Socket(RelaySide side) => side is RelaySide.Client ? client : destination;

    private ref RelayFlow Flow(RelaySide side) => ref side is RelaySide.Client ? ref _fromClient : ref _fromDestination;

    private static RelaySide Other(RelaySide side) => side is RelaySide.Client ? RelaySide.Destination : RelaySide.Client;
}
