using HaProxyNet.Server.Demo;
using HaProxyNet.Simulator.Load;

namespace HaProxyNet.Tests.Server;

public sealed class DemoReportTests
{
    [Theory]
    [InlineData(1, 0, 0, true)]
    [InlineData(0, 0, 0, false)]
    [InlineData(5, 1, 0, false)]
    [InlineData(5, 0, 1, false)]
    public void IsClean_NothingLostNothingTwiceSomethingSent(int rpcs, int failed, int duplicates, bool clean)
        => Assert.Equal(clean, Report(rpcs, failed, duplicates).IsClean);

    [Fact]
    public void ToString_IsTheContractsLine()
        => Assert.Equal("rpcs=7 failed=1 duplicates=2 failovers=3 failbacks=4 worst_wait_ms=12.5", Report(7, 1, 2).ToString());

    internal static DemoReport Report(int rpcs, int failed, int duplicates) => new(
        rpcs, failed, duplicates, 3, 4, new LatencySummary(rpcs, default, default, default, default, TimeSpan.FromMilliseconds(12.5)),
        default);
}
