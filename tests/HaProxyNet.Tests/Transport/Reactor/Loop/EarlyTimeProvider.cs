namespace HaProxyNet.Tests.Transport.Reactor.Loop;

/// <summary>A clock that the test sets, with one timer that rings when the test says, however early.</summary>
internal sealed class EarlyTimeProvider : TimeProvider
{
    private Alarm? _alarm;

    /// <summary>The present, in milliseconds.</summary>
    public long Now { get; set; } = 1_000;

    /// <summary>When the timer was last set to ring; none when it has rung.</summary>
    public long? RingsAt => _alarm!.RingsAt;

    public override long TimestampFrequency => 1_000;

    public override long GetTimestamp() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        => _alarm = new Alarm(this, () => callback(state));

    public void Ring() => _alarm!.Ring();

    private sealed class Alarm(EarlyTimeProvider time, Action callback) : ITimer
    {
        public long? RingsAt { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            RingsAt = dueTime == Timeout.InfiniteTimeSpan ? null : time.Now + (long)dueTime.TotalMilliseconds;
            return true;
        }

        public void Ring()
        {
            RingsAt = null;
            callback();
        }

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
