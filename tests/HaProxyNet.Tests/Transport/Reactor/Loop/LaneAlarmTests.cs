using HaProxyNet.Transport;
using HaProxyNet.Transport.Reactor.Loop;

namespace HaProxyNet.Tests.Transport.Reactor.Loop;

/// <summary>
/// The alarm of a lane. On a lane without traffic nothing else wakes it: an alarm that is lost is a time-out that never comes.
/// </summary>
public sealed class LaneAlarmTests
{
    [Fact]
    public void Advance_AlarmRangBeforeItsTime_SetsItAgain()
    {
        var clock = new ManualClock();
        var woken = 0;
        using var timers = new ReactorTimers(clock, () => woken++);
        var target = new Target();
        timers.Start(target, due: 1_000);

        // The system's timers run on a coarser clock: this one rings 3 ms early, and the lane finds nothing due.
        clock.Now = 997;
        clock.Ring();
        timers.Advance(clock.Now);
        Assert.Equal((1, 0), (woken, target.Fired));
        Assert.True(clock.IsSet, "nothing would wake the lane any more");

        clock.Now = 1_000;
        clock.Ring();
        timers.Advance(clock.Now);
        Assert.Equal(1, target.Fired);
        Assert.False(clock.IsSet);
    }

    [Fact]
    public void Advance_AlarmRingsAfterItsTimerFired_SetsNothing()
    {
        var clock = new ManualClock();
        using var timers = new ReactorTimers(clock, () => { });
        var target = new Target();
        timers.Start(target, due: 1_000);

        // Traffic has woken the lane first; the alarm is still to come.
        clock.Now = 1_000;
        timers.Advance(clock.Now);
        clock.Ring();
        timers.Advance(clock.Now);

        Assert.Equal(1, target.Fired);
        Assert.False(clock.IsSet);
    }

    /// <summary>What one connection's timer throws takes nobody else's time-out away.</summary>
    [Fact]
    public void Advance_OneThrows_TheLaneIsWokenForTheOthers()
    {
        var clock = new ManualClock();
        using var timers = new ReactorTimers(clock, () => { });
        var (neighbour, later) = (new Target(), new Target());
        timers.Start(neighbour, due: 1_000);
        timers.Start(new Thrower(), due: 1_000);
        timers.Start(later, due: 2_000);

        clock.Now = 1_000;
        Assert.Throws<InvalidOperationException>(() => timers.Advance(clock.Now));
        timers.Advance(clock.Now);
        Assert.Equal((1, 0), (neighbour.Fired, later.Fired));
        Assert.True(clock.IsSet, "nothing would wake the lane any more");

        clock.Now = 2_000;
        timers.Advance(clock.Now);
        Assert.Equal((1, 1), (neighbour.Fired, later.Fired));
    }

    private sealed class Target : IWheelTarget
    {
        public int Fired { get; private set; }

        public void OnTimer() => Fired++;
    }

    private sealed class Thrower : IWheelTarget
    {
        public void OnTimer() => throw new InvalidOperationException("injected");
    }

    /// <summary>A clock in milliseconds with one timer, which rings when the test says so.</summary>
    private sealed class ManualClock : TimeProvider, ITimer
    {
        private TimerCallback? _callback;
        private object? _state;

        public long Now { get; set; }

        public bool IsSet { get; private set; }

        public override long TimestampFrequency => 1_000;

        public override long GetTimestamp() => Now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (_callback, _state) = (callback, state);
            return this;
        }

        public void Ring()
        {
            IsSet = false;
            _callback!(_state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            IsSet = dueTime >= TimeSpan.Zero;
            return true;
        }

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
