using HaProxyNet.Telemetry;

namespace HaProxyNet.Tests.Telemetry;

public sealed class TransitionCountersTests
{
    private readonly TransitionCounters _counters = new();

    [Fact]
    public void Read_NothingAdded_Empty() => Assert.Empty(_counters.Read());

    [Fact]
    public void Add_ByFromToAndReason_EachCountedByItself()
    {
        _counters.Add("a", "b", "refused");
        _counters.Add("a", "b", "timeout");
        _counters.Add("b", "a", "refused");
        _counters.Add("a", "b", "refused");

        Assert.Equal([("a", "b", "refused", 2L), ("a", "b", "timeout", 1L), ("b", "a", "refused", 1L)], _counters.Read().Order());
    }

    [Fact]
    public void Add_FromManyThreads_NoneIsLost()
    {
        Parallel.For(0, 10_000, i => _counters.Add("a", "b", i % 2 == 0 ? "refused" : "timeout"));

        Assert.Equal(10_000, _counters.Read().Sum(c => c.Count));
        Assert.All(_counters.Read(), c => Assert.Equal(5_000, c.Count));
    }
}
