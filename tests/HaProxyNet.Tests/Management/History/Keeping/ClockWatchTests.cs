using HaProxyNet.Management.History.Keeping;

namespace HaProxyNet.Tests.Management.History.Keeping;

public sealed class ClockWatchTests
{
    [Theory]
    [InlineData(0, null)]
    [InlineData(2, null)]
    [InlineData(3600, 3600)]
    [InlineData(-3600, -3600)]
    public void Jump_TheClockIsSet_IsSeenOnce(int seconds, int? expected)
    {
        var time = new TwoClocks();
        var watch = new ClockWatch(time);
        time.Pass(TimeSpan.FromSeconds(60));
        Assert.Null(watch.Jump());

        time.Pass(TimeSpan.FromSeconds(1));
        time.Set(TimeSpan.FromSeconds(seconds));

        Assert.Equal(expected is { } s ? TimeSpan.FromSeconds(s) : null, watch.Jump());
        Assert.Null(watch.Jump());
    }

    /// <summary>The wall's clock and the one that only runs.</summary>
    private sealed class TwoClocks : TimeProvider
    {
        private DateTimeOffset _wall = DateTimeOffset.UnixEpoch;
        private TimeSpan _ran;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => _wall;

        public override long GetTimestamp() => _ran.Ticks;

        public void Pass(TimeSpan time) => (_ran, _wall) = (_ran + time, _wall + time);

        public void Set(TimeSpan by) => _wall += by;
    }
}
