using HaProxyNet.Relaying;
using HaProxyNet.Transport.Reactor.Native;

namespace HaProxyNet.Transport.Reactor;

/// <content>How bytes get from one socket to the other.</content>
internal sealed unsafe partial class ReactorRelay
{
    /// <summary>What one direction may move before other connections have their turn: some reads' worth, some hundred microseconds.</summary>
    private const int Share = 1024 * 1024;

    /// <summary>Full reads in a row after which a direction splices; the figure is HAProxy's, and so are the next two.</summary>
    private const int FullReadsToSplice = 3;

    /// <summary>Short reads in a row after which it copies again.</summary>
    private const int ShortReadsToCopy = 2;

    /// <summary>Moves what is there and fits, until there is no more, no more room, or the share is used up.</summary>
    private PumpEvent Pump(RelaySide side, ref RelayDirection direction)
    {
        var from = Socket(side);
        var to = Socket(side.Other());
        for (var share = Share; ;)
        {
            if (HoldsBytes(direction) && Flush(side, ref direction, to) is var flushed and not PumpEvent.Drained)
            {
                return flushed;
            }

            if (!from.Readable)
            {
                ReturnPipe(ref direction);
                return PumpEvent.Drained;
            }

            if (share <= 0)
            {
                return PumpEvent.ShareUsed;
            }

            var seen = direction.Splicing ? Splice(from, ref direction, ref share) : Copy(side, ref direction, from, to, ref share);
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
            return OnNothingRead(from, count);
        }

        _lastByte = lane.Now;
        share -= count;
        var full = count == RelayBuffers.Size;
        CountFullReads(ref direction, full);

        // A short read has emptied the socket, unless FIN (or an urgent mark) stands behind it.
        from.Readable = full || from.PeerClosed || from.Urgent;

        // The FIN was there before the read and the read was short: there is nothing behind these bytes but the FIN. Told that more is to come,
        // the system sends them in the packet of the FIN that follows, and both peers have one packet less to deal with.
        var isLast = !full && from.PeerClosed && !from.HungUp && !from.Urgent && !_state.HasReset(side);
        var sent = (int)Libc.Send(to.Descriptor, buffer, (nuint)count, isLast ? Linux.MessageNoSignal | Linux.MessageMore : Linux.MessageNoSignal);
        if (sent < 0)
        {
            if (Errno.Last is not (Errno.Again or Errno.Interrupted))
            {
                return PumpEvent.ReceiverReset;
            }

            sent = 0;
        }

        to.OwesAck = false;
        _state.OnDelivered(side, sent);
        if (sent < count)
        {
            Keep(ref direction, buffer + sent, count - sent);
            to.Writable = false;
            return PumpEvent.Blocked;
        }

        return isLast ? PumpEvent.Fin : PumpEvent.Drained;
    }

    /// <summary>One read into the pipe; the next round flushes it.</summary>
    private PumpEvent Splice(ReactorSocket from, ref RelayDirection direction, ref int share)
    {
        var pipe = direction.Pipe ??= lane.Buffers.RentPipe();
        if (pipe is null || lane.Now - _lastByte > lane.ToTimestamp(TimeSpan.FromSeconds(1)))
        {
            StopSplicing(ref direction);
            return PumpEvent.Drained;
        }

        var count = pipe.Fill(from.Descriptor);
        if (count > 0)
        {
            _lastByte = lane.Now;
            share -= count;
            CountShortReads(ref direction, isShort: count < RelayBuffers.Size / 2);
            return PumpEvent.Drained;
        }

        if (count < 0 && Errno.Last is Errno.Invalid or Errno.NotImplemented or Errno.Permission)
        {
            lane.Limits.SpliceRefused(Errno.Last);
            lane.Buffers.RefuseSplice();
            StopSplicing(ref direction);
            return PumpEvent.Drained;
        }

        return OnNothingRead(from, count);
    }

    private static PumpEvent OnNothingRead(ReactorSocket from, int count)
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
                return PumpEvent.SenderReset;
        }
    }

    /// <summary>Gives the receiver what it had no room for before.</summary>
    private PumpEvent Flush(RelaySide side, ref RelayDirection direction, ReactorSocket to)
    {
        while (HoldsBytes(direction))
        {
            if (!to.Writable)
            {
                return PumpEvent.Blocked;
            }

            var sent = direction.Left is null
                ? direction.Pipe!.Empty(to.Descriptor)
                : (int)Libc.Send(
                    to.Descriptor, direction.Left + direction.LeftStart, (nuint)(direction.LeftEnd - direction.LeftStart), Linux.MessageNoSignal);
            if (sent < 0)
            {
                if (Errno.Last is not (Errno.Again or Errno.Interrupted))
                {
                    return PumpEvent.ReceiverReset;
                }

                to.Writable = Errno.Last is Errno.Interrupted;
                continue;
            }

            _lastByte = lane.Now;
            _state.OnDelivered(side, sent);
            if (direction.Left is not null && (direction.LeftStart += sent) == direction.LeftEnd)
            {
                lane.Buffers.Return(direction.Left);
                direction.Left = null;
            }
        }

        return PumpEvent.Drained;
    }

    private void Keep(ref RelayDirection direction, byte* bytes, int count)
    {
        direction.Left = lane.Buffers.RentBuffer();
        direction.LeftStart = 0;
        direction.LeftEnd = count;
        Buffer.MemoryCopy(bytes, direction.Left, RelayBuffers.Size, count);
    }

    private static bool HoldsBytes(in RelayDirection direction) => direction.Left is not null || direction.Pipe is { Count: > 0 };

    private static void CountFullReads(ref RelayDirection direction, bool full)
    {
        direction.Streak = full ? (byte)(direction.Streak + 1) : (byte)0;
        if (direction.Streak == FullReadsToSplice)
        {
            direction.Splicing = true;
            direction.Streak = 0;
        }
    }

    private static void CountShortReads(ref RelayDirection direction, bool isShort)
    {
        direction.Streak = isShort ? (byte)(direction.Streak + 1) : (byte)0;
        if (direction.Streak == ShortReadsToCopy)
        {
            // The pipe still has to be flushed; it is given back when the direction has drained.
            direction.Splicing = false;
            direction.Streak = 0;
        }
    }

    private void StopSplicing(ref RelayDirection direction)
    {
        ReturnPipe(ref direction);
        direction.Splicing = false;
        direction.Streak = 0;
        _lastByte = lane.Now;
    }

    private void ReturnPipe(ref RelayDirection direction)
    {
        if (direction.Pipe is { Count: 0 } pipe)
        {
            lane.Buffers.Return(pipe);
            direction.Pipe = null;
        }
    }

    /// <summary>Gives everything back at the end; a pipe that still holds bytes is closed with them.</summary>
    private void Release(ref RelayDirection direction)
    {
        ReturnPipe(ref direction);
        direction.Pipe?.Close();
        if (direction.Left is not null)
        {
            lane.Buffers.Return(direction.Left);
        }

        direction = default;
    }
}
