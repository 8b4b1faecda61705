using HaProxyNet.Transport.Native;
using HaProxyNet.Transport.Reactor.Loop;
using HaProxyNet.Transport.Teardown;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport.Reactor.Relaying;

/// <content>How bytes get from one socket to the other.</content>
internal sealed unsafe partial class ReactorRelay
{
    /// <summary>
    /// What one direction may move before other connections have their turn: some reads' worth, some hundred microseconds.
    /// </summary>
    private const int Share = 1024 * 1024;

    /// <summary>Moves what is there and fits, until there is no more, no more room, or the share is used up.</summary>
    private PumpEvent Pump(RelaySide side, ref RelayDirection direction)
    {
        var from = Socket(side);
        var to = Socket(side.Other());
        for (var share = Share; ;)
        {
            if (direction.HoldsBytes && Flush(side, direction.Stream!, to) is var flushed and not PumpEvent.Drained)
            {
                return flushed;
            }

            if (!from.Readable)
            {
                Rest(ref direction);
                return PumpEvent.Drained;
            }

            if (share <= 0)
            {
                return PumpEvent.ShareUsed;
            }

            var seen = direction.Splicing ? Splice(side, ref direction, ref share) : Copy(side, ref direction, from, to, ref share);
            if (seen is not PumpEvent.Drained)
            {
                return seen;
            }
        }
    }

    /// <summary>One read into the lane's buffer, and one write out of it.</summary>
    private PumpEvent Copy(RelaySide side, ref RelayDirection direction, ReactorSocket from, ReactorSocket to, ref int share)
    {
        var buffer = lane.Buffers.Shared;
        var count = (int)Libc.Receive(from.Descriptor, buffer, RelayBuffers.Size, 0);
        if (count <= 0)
        {
            return OnNothingRead(side, from, count);
        }

        _lastByte = lane.Now;
        share -= count;
        var full = count == RelayBuffers.Size;
        CountFullReads(from, ref direction, full);

        // A short read has emptied the socket, unless FIN (or an urgent mark) stands behind it.
        from.Readable = full || from.PeerClosed || from.Urgent;

        // The FIN was there before the read and the read was short: there is nothing behind these bytes but the FIN. Told that more is to
        // come, the system sends them in the packet of the FIN that follows, and both peers have one packet less to deal with.
        var isLast = !full && from.PeerClosed && !from.HungUp && !from.Urgent && !_state.HasReset(side);
        var sent = to.Send(buffer, count, isLast ? Linux.MessageNoSignal | Linux.MessageMore : Linux.MessageNoSignal);
        if (sent < 0)
        {
            if (Errno.Last is not (Errno.Again or Errno.Interrupted))
            {
                NoteLoss(side.Other(), Errno.Last);
                return PumpEvent.ReceiverReset;
            }

            sent = 0;
        }

        to.OwesFirstPacket = false;
        _state.OnDelivered(side, sent);
        if (sent < count)
        {
            Keep(ref direction, buffer + sent, count - sent);
            to.Writable = false;
            return PumpEvent.Blocked;
        }

        return isLast ? PumpEvent.Fin : PumpEvent.Drained;
    }

    private PumpEvent OnNothingRead(RelaySide side, ReactorSocket from, int count)
    {
        if (count == 0)
        {
            return PumpEvent.Fin;
        }

        switch (Errno.Last)
        {
            case Errno.Again:
                from.Readable = false;
                return PumpEvent.Drained;
            case Errno.Interrupted:
                return PumpEvent.Drained;
            default:
                NoteLoss(side, Errno.Last);
                return PumpEvent.SenderReset;
        }
    }

    /// <summary>Gives the receiver what it had no room for before.</summary>
    private PumpEvent Flush(RelaySide side, RelayStream stream, ReactorSocket to)
    {
        while (stream.HoldsBytes)
        {
            if (!to.Writable)
            {
                return PumpEvent.Blocked;
            }

            to.SwitchNagleOff();
            var sent = stream.Left is null
                ? stream.Pipe!.Empty(to.Descriptor)
                : to.Send(stream.Left + stream.LeftStart, stream.LeftEnd - stream.LeftStart, Linux.MessageNoSignal);
            if (sent <= 0)
            {
                // A pipe that gives nothing has lost what it held: that must not look like an end in order.
                if (sent == 0 || Errno.Last is not (Errno.Again or Errno.Interrupted))
                {
                    NoteLoss(side.Other(), sent == 0 ? 0 : Errno.Last);
                    return PumpEvent.ReceiverReset;
                }

                to.Writable = Errno.Last is Errno.Interrupted;
                continue;
            }

            _lastByte = lane.Now;
            _state.OnDelivered(side, sent);
            if (stream.Left is not null && (stream.LeftStart += sent) == stream.LeftEnd)
            {
                lane.Buffers.Return(stream.Left);
                stream.Left = null;
            }
        }

        return PumpEvent.Drained;
    }

    /// <summary>The system tells an error once: whether the peer has reset or vanished is kept until the relay ends.</summary>
    private void NoteLoss(RelaySide side, int errno)
    {
        if (TeardownRules.IsSilence(Errno.ToSocketError(errno)))
        {
            _state.OnVanished(side);
        }
    }

    private void Keep(ref RelayDirection direction, byte* bytes, int count)
    {
        var stream = direction.Stream ??= lane.Buffers.RentStream();
        stream.Left = lane.Buffers.RentBuffer();
        stream.LeftStart = 0;
        stream.LeftEnd = count;
        Buffer.MemoryCopy(bytes, stream.Left, RelayBuffers.Size, count);
    }

    /// <summary>Nothing flows for now: what is empty goes back.</summary>
    private void Rest(ref RelayDirection direction)
    {
        if (direction.Stream is not { HoldsBytes: false } stream)
        {
            return;
        }

        ReturnPipe(stream);
        if (!direction.Splicing)
        {
            lane.Buffers.Return(stream);
            direction.Stream = null;
        }
    }

    /// <summary>Gives everything back at the end; a pipe that still holds bytes is closed with them.</summary>
    private void Release(ref RelayDirection direction)
    {
        if (direction.Stream is { } stream)
        {
            ReturnPipe(stream);
            stream.Pipe?.Close();
            if (stream.Left is not null)
            {
                lane.Buffers.Return(stream.Left);
            }

            lane.Buffers.Return(stream);
        }

        direction = default;
    }
}
