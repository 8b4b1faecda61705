using System.Threading.Tasks.Sources;
using HaProxyNet.Transport.Native;
using HaProxyNet.Transport.Reactor.Loop;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport.Reactor.Connecting;

/// <summary>Waits for a client's first bytes and copies them; they stay in the socket.</summary>
internal sealed class ReactorPeek(ReactorLane lane, LaneConnection connection, Memory<byte> into, int beyond)
    : IReadyTarget, IWheelTarget, ILaneActivity, IValueTaskSource<PeekResult>
{
    private readonly ReactorSocket _client = (ReactorSocket)connection.Client;
    private ManualResetValueTaskSourceCore<PeekResult> _source;
    private WheelTimer? _timer;
    private int _count;

    /// <summary>Waits for more bytes than the caller has seen, or for the end of the wait.</summary>
    public ValueTask<PeekResult> RunAsync(TimeSpan timeout)
    {
        if (connection.AbortRequest is not ConnectionOutcome.None)
        {
            return new(new PeekResult(PeekEnd.Aborted, 0));
        }

        if (Look() is { } seen)
        {
            return new(new PeekResult(seen, _count));
        }

        // Code that sees the activity may turn the clock: the time counts before it shows.
        _timer = lane.StartTimer(this, lane.Now + lane.ToTimestamp(timeout));
        connection.Activity = this;
        _client.Owner = this;
        return new ValueTask<PeekResult>(this, _source.Version);
    }

    public void OnReady(ReactorSocket socket)
    {
        if (Look() is { } seen)
        {
            Finish(seen);
        }
    }

    public void OnTimer()
    {
        _timer = null;

        // What came in time is taken, however late this lane is: a turn ends before all events have been told.
        Finish(Look() ?? PeekEnd.TimedOut);
    }

    public void Abort(ConnectionOutcome outcome) => Finish(PeekEnd.Aborted);

    PeekResult IValueTaskSource<PeekResult>.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<PeekResult>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<PeekResult>.OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags)
        => _source.OnCompleted(continuation, state, token, flags);

    /// <summary>What there is to tell; nothing while the wait goes on.</summary>
    private unsafe PeekEnd? Look()
    {
        fixed (byte* buffer = into.Span)
        {
            var count = (int)Libc.Receive(_client.Descriptor, buffer, (nuint)into.Length, Linux.MessagePeek);
            if (count < 0)
            {
                return Errno.Last == Errno.Again ? null : PeekEnd.Gone;
            }

            _count = count;
            return count > beyond ? PeekEnd.Bytes
                : _client.HungUp ? PeekEnd.Gone
                : count > 0 && _client.Urgent && Descriptor.StopsAtUrgentByte(_client.Descriptor) ? PeekEnd.Urgent
                : count == 0 || _client.PeerClosed ? PeekEnd.Fin
                : null;
        }
    }

    private void Finish(PeekEnd end)
    {
        if (_timer is { } timer)
        {
            lane.StopTimer(timer);
            _timer = null;
        }

        _client.Owner = null;
        connection.Activity = null;
        _source.SetResult(new PeekResult(end, _count));
    }
}
