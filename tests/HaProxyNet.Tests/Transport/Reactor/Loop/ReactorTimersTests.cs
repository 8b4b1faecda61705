using HaProxyNet.Transport;
using HaProxyNet.Transport.Reactor.Loop;

namespace HaProxyNet.Tests.Transport.Reactor.Loop;

public sealed class ReactorTimersTests : IDisposable
{
    private readonly EarlyTimeProvider _time = new();
    private readonly ReactorTimers _timers;
    private int _wakes;

    public ReactorTimersTests() => _timers = new ReactorTimers(_time, () => _wakes++);

    [Fact]
    public void Advance_AlarmRangOnTime_Fires()
    {
        var target = Start(1_100);

        RingAt(1_100);

        Assert.Equal((1, 1), (_wakes, target.Fired));
        Assert.Null(_time.RingsAt);
    }

    /// <summary>Timers of .NET go by a coarser clock than timestamps do, and may ring some milliseconds early.</summary>
    [Fact]
    public void Advance_AlarmRangEarly_IsSetAgain()
    {
        var target = Start(1_100);

        RingAt(1_097);

        Assert.Equal(0, target.Fired);
        Assert.Equal(1_100, _time.RingsAt);
        RingAt(1_100);
        Assert.Equal(1, target.Fired);
    }

    [Fact]
    public void Advance_SeveralTimers_AlarmIsSetForTheNext()
    {
        var (first, second) = (Start(1_100), Start(1_200));

        RingAt(1_100);
        Assert.Equal((1, 0), (first.Fired, second.Fired));
        Assert.Equal(1_200, _time.RingsAt);

        RingAt(1_200);
        Assert.Equal(1, second.Fired);
    }

    [Fact]
    public void Start_EarlierThanTheAlarm_AlarmIsSetEarlier()
    {
        Start(9_000);
        Start(1_100);

        Assert.Equal(1_100, _time.RingsAt);
    }

    /// <summary>A turn of the lane goes by the time at its beginning; what has become due since must not wait for an alarm.</summary>
    [Fact]
    public void Start_DueAlready_WakesAtOnce()
    {
        _time.Now = 2_000;

        var target = Start(1_100);

        Assert.Equal(1, _wakes);
        Assert.Null(_time.RingsAt);
        _timers.Advance(2_000);
        Assert.Equal(1, target.Fired);
    }

    public void Dispose() => _timers.Dispose();

    private void RingAt(long now)
    {
        _time.Now = now;
        _time.Ring();
        _timers.Advance(now);
    }

    private Target Start(long due)
    {
        var target = new Target();
        _timers.Start(target, due);
        return target;
    }

    private sealed class Target : IWheelTarget
    {
        public int Fired { get; private set; }

        public void OnTimer() => Fired++;
    }
}
