namespace HaProxyNet.Transport.Reactor;

/// <summary>
/// The timer wheel of a lane and the one alarm that wakes the lane for it. The alarm comes from the <see cref="TimeProvider"/>, so that
/// tests turn the clock; it is set again only when something is due earlier, which on a busy lane is once in a few seconds.
/// </summary>
internal sealed class ReactorTimers : IDisposable
{
    private static readonly TimeSpan _resolution = TimeSpan.FromMilliseconds(10);

    private readonly TimeProvider _time;
    private readonly TimerWheel _wheel;
    private readonly ITimer _alarm;
    private readonly Action _wake;
    private long _alarmAt = long.MaxValue;
    private bool _rang;

    public ReactorTimers(TimeProvider time, Action wake)
    {
        _time = time;
        _wheel = new TimerWheel((long)(_resolution.TotalSeconds * time.TimestampFrequency), time.GetTimestamp());
        _wake = wake;
        _alarm = time.CreateTimer(static timers => ((ReactorTimers)timers!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
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

    /// <summary>Fires what is due.</summary>
    public void Advance(long now)
    {
        if (now < _alarmAt)
        {
            // Timers go by a coarser clock than timestamps, and may ring some milliseconds early: then nobody else would set the alarm again.
            if (Volatile.Read(ref _rang) && _alarmAt != long.MaxValue)
            {
                SetAlarm(_alarmAt);
            }

            return;
        }

        _alarmAt = long.MaxValue;
        _wheel.Advance(now);
        if (_wheel.Count > 0 && _wheel.NextDue() is var next && next < _alarmAt)
        {
            SetAlarm(next);
        }
    }

    public void Dispose() => _alarm.Dispose();

    private void Ring()
    {
        Volatile.Write(ref _rang, true);
        _wake();
    }

    private void SetAlarm(long due)
    {
        _alarmAt = due;
        Volatile.Write(ref _rang, false);
        var wait = _time.GetElapsedTime(_time.GetTimestamp(), due);
        // Timers count whole milliseconds: a little late rather than a little early and once more.
        var milliseconds = Math.Max(1, Math.Ceiling(wait.TotalMilliseconds));
        _alarm.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
    }
}
