using HaProxyNet.Server.Demo;
using HaProxyNet.Simulator.Load;

namespace HaProxyNet.Tests.Server.Demo;

public sealed class DemoReportTests
{
    [Theory]
    [InlineData(1, 0, 0, true, true)]
    [InlineData(0, 0, 0, true, false)]
    [InlineData(5, 1, 0, false, false)]
    [InlineData(5, 0, 1, false, false)]
    public void IsClean_NothingLostNothingTwice_HasShownThatWithSomethingSent(int rpcs, int failed, int duplicates, bool clean, bool shown)
        => Assert.Equal((clean, shown), (Report(rpcs, failed, duplicates).IsClean, Report(rpcs, failed, duplicates).HasShown));

    [Fact]
    public void ToString_IsTheContractsLine()
        => Assert.Equal("rpcs=7 failed=1 duplicates=2 failovers=3 failbacks=4 worst_wait_ms=12.5", Report(7, 1, 2).ToString());

    internal static DemoReport Report(int rpcs, int failed, int duplicates) => new(
        rpcs, failed, duplicates, 3, 4, new LatencySummary(rpcs, default, default, default, default, TimeSpan.FromMilliseconds(12.5)),
        default);
}
