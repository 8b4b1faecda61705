using HaProxyNet.Transport.Native;
using HaProxyNet.Transport.Reactor.Loop;
using HaProxyNet.Transport.Teardown;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport.Reactor.Relaying;

/// <content>Streams: many bytes one way, which stay in the kernel.</content>
internal sealed partial class ReactorRelay
{
    /// <summary>Full reads in a row after which a direction splices; the figure is HAProxy's, and so are the next two.</summary>
    private const int FullReadsToSplice = 3;

    /// <summary>Short reads in a row after which it copies again.</summary>
    private const int ShortReadsToCopy = 2;

    /// <summary>What is asked of the system at once; also the most that a pipe holds for a slow receiver.</summary>
    private const int Usual = 128 * 1024;

    /// <summary>Whether a direction gathers whose last bytes came before a moment, or none does any more.</summary>
    public bool EndPauses(long before)
    {
        if (_connection is null || _isHeld)
        {
            return false;
        }

        var ended = EndPause(RelaySide.Client, ref _fromClient, before) | EndPause(RelaySide.Destination, ref _fromDestination, before);
        if (ended)
        {
            Continue();
        }

        return _fromClient.Stream is { Gathers: true } || _fromDestination.Stream is { Gathers: true };
    }

    private bool EndPause(RelaySide side, ref RelayDirection direction, long before)
    {
        if (direction.Stream is not { Gathers: true } stream || stream.LastAt > before)
        {
            return false;
        }

        StopGathering(Socket(side), stream);
        return true;
    }

    /// <summary>One read into the pipe; the next round flushes it.</summary>
    private PumpEvent Splice(RelaySide side, ref RelayDirection direction, ref int share)
    {
        var from = Socket(side);
        var stream = direction.Stream ??= lane.Buffers.RentStream();
        var pipe = stream.Pipe ??= lane.Buffers.RentPipe();
        if (pipe is null || from.Urgent || lane.Now - _lastByte > lane.ToTimestamp(TimeSpan.FromSeconds(1)))
        {
            StopSplicing(from, ref direction);
            return PumpEvent.Drained;
        }

        var count = pipe.Fill(from.Descriptor, stream.Gathers ? GatheringStreams.Much : Usual);
        if (count > 0)
        {
            _lastByte = lane.Now;
            share -= count;
            CountShortReads(from, ref direction, isShort: count < RelayBuffers.Size / 2);
            Gather(from, stream, count);
            return PumpEvent.Drained;
        }

        if (count < 0 && Errno.Last is Errno.Invalid or Errno.NotImplemented or Errno.Permission)
        {
            lane.Limits.SpliceRefused(Errno.Last);
            lane.Buffers.RefuseSplice();
            StopSplicing(from, ref direction);
            return PumpEvent.Drained;
        }

        if (count == 0)
        {
            // At an urgent mark splice(2) says 0 as well, although more stands behind it, once the FIN is there. What recv(2) says is
            // certain.
            StopSplicing(from, ref direction);
            return PumpEvent.Drained;
        }

        return OnNothingRead(side, from, count);
    }

    /// <summary>A stream that has gone on for long is read in larger pieces.</summary>
    private void Gather(ReactorSocket from, RelayStream stream, int count)
    {
        stream.LastAt = lane.Now;
        stream.Spliced += count;
        if (stream.Spliced >= GatheringStreams.After && !stream.Gathers)
        {
            stream.Gathers = GatheringStreams.Begin(from.Descriptor);
            stream.Spliced = 0;
            if (stream.Gathers && !_pausesAreSeen)
            {
                _pausesAreSeen = true;
                lane.Gathering.Add(this);
            }
        }
    }

    private static void StopGathering(ReactorSocket from, RelayStream stream)
    {
        if (stream.Gathers)
        {
            stream.Gathers = false;
            stream.Spliced = 0;
            GatheringStreams.End(from.Descriptor);
            from.Readable = true;
        }
    }

    /// <remarks>splice(2) stops at an urgent mark and never passes it: a stream that has had one is copied.</remarks>
    private static void CountFullReads(ReactorSocket from, ref RelayDirection direction, bool full)
    {
        direction.Streak = full && !from.Urgent ? (byte)(direction.Streak + 1) : (byte)0;
        if (direction.Streak == FullReadsToSplice)
        {
            direction.Splicing = true;
            direction.Streak = 0;
        }
    }

    private static void CountShortReads(ReactorSocket from, ref RelayDirection direction, bool isShort)
    {
        direction.Streak = isShort ? (byte)(direction.Streak + 1) : (byte)0;
        if (direction.Streak == ShortReadsToCopy)
        {
            // The pipe still has to be flushed; it is given back when the direction has drained.
            StopGathering(from, direction.Stream!);
            direction.Splicing = false;
            direction.Streak = 0;
        }
    }

    private void StopSplicing(ReactorSocket from, ref RelayDirection direction)
    {
        StopGathering(from, direction.Stream!);
        ReturnPipe(direction.Stream!);
        direction.Splicing = false;
        direction.Streak = 0;
        _lastByte = lane.Now;
    }

    private void ReturnPipe(RelayStream stream)
    {
        if (stream.Pipe is { Count: 0 } pipe)
        {
            lane.Buffers.Return(pipe);
            stream.Pipe = null;
        }
    }
}
