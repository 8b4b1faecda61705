namespace HaProxyNet.Transport.Reactor.Loop;

/// <summary>
/// The timer wheel of a lane and the one alarm that wakes the lane for it. The alarm comes from the <see cref="TimeProvider"/>, so that
/// tests turn the clock; it is set again only when something is due earlier, which on a busy lane is once in a few seconds.
/// </summary>
internal sealed class ReactorTimers : IDisposable
{
    private static readonly TimeSpan _resolution = TimeSpan.FromMilliseconds(10);

    private readonly TimeProvider _time;
    private readonly TimerWheel _wheel;
    private readonly Action _wake;
    private readonly ITimer _alarm;
    private long _alarmAt = long.MaxValue;
    private bool _rang;

    public ReactorTimers(TimeProvider time, Action wake)
    {
        _time = time;
        _wheel = new TimerWheel(time.ToTimestamp(_resolution), time.GetTimestamp());
        _wake = wake;
        _alarm =
            time.CreateTimer(static timers => ((ReactorTimers)timers!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public WheelTimer Start(IWheelTarget target, long due)
    {
        var timer = _wheel.Start(target, due);
        if (_wheel.DueOf(timer) is var at && at < _alarmAt)
        {
            SetAlarm(at);
        }

        return timer;
    }

    public void Stop(WheelTimer timer) => _wheel.Stop(timer);

    /// <summary>What was told last that its time has come.</summary>
    public IWheelTarget? LastFired => _wheel.LastFired;

    /// <summary>Fires what is due.</summary>
    public void Advance(long now)
    {
        if (now < _alarmAt)
        {
            if (_alarmAt != long.MaxValue && Volatile.Read(ref _rang))
            {
                // It rang before its time, for the system's timers run on a coarser clock than timestamps; it would not ring again.
                SetAlarm(_alarmAt);
            }

            return;
        }

        _alarmAt = long.MaxValue;
        try
        {
            _wheel.Advance(now);
        }
        finally
        {
            // Where one of them throws, too: the others are still to be told.
            if (_wheel.Count > 0 && _wheel.NextDue() is var next && next < _alarmAt)
            {
                SetAlarm(next);
            }
        }
    }

    public void Dispose() => _alarm.Dispose();

    /// <summary>On the clock's thread, or on the lane.</summary>
    private void Ring()
    {
        Volatile.Write(ref _rang, true);
        _wake();
    }

    private void SetAlarm(long due)
    {
        Volatile.Write(ref _rang, false);
        _alarmAt = due;
        var wait = _time.GetElapsedTime(_time.GetTimestamp(), due);
        if (wait <= TimeSpan.Zero)
        {
            // The clock has gone on since this turn began: the next one is to see it at once.
            Ring();
            return;
        }

        // Timers count whole milliseconds: a little late rather than a little early and once more.
        _alarm.Change(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
    }
}
