using HaProxyNet.Server.Demo;

namespace HaProxyNet.Tests.Server.Demo;

public sealed class TrafficHistoryTests
{
    [Fact]
    public void Add_MoreThanFits_TheOldestGo()
    {
        var history = new TrafficHistory(3);
        foreach (var total in new[] { 0, 1000, 1000, 1001, 1001 })
        {
            history.Add(total);
        }

        Assert.Equal(" ▁ ", history.ToString());
    }
}
