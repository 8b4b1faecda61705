using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;
using HaProxyNet.NetworkTests.Upgrades;

namespace HaProxyNet.NetworkTests;

/// <summary>What a real process has counted, after each way in which it can be followed by another one.</summary>
public sealed class CounterRestartTests
{
    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task StoppedInOrder_CountersGoOn_Killed_TheyBeginAtZero(string engine)
    {
        using var agent = new EchoServer();
        using var setup = new ProxySetup(engine, ("primary", agent.Address)) { OutlivesProxy = true };
        await using (var first = await ProxyProcess.StartAsync(setup))
        {
            await CallAsync(first, ended: 1);
            Assert.Equal(0, await first.TerminateAsync());
        }

        await using (var second = await ProxyProcess.StartAsync(setup))
        {
            await CallAsync(second, ended: 2);
            await second.KillAsync();
        }

        await using var third = await ProxyProcess.StartAsync(setup);
        Assert.Equal(0, await third.EndedAsync("primary"));
        await CallAsync(third, ended: 1);
        third.ExpectCleanLog();
    }

    [Fact]
    public async Task UpgradedAndStoppedInOrder_NothingIsCountedTwice()
    {
        using var agent = new EchoServer();
        using var setup = new ProxySetup(Engines.Reactor, ("primary", agent.Address)) { OutlivesProxy = true };
        await using (var first = await ProxyProcess.StartAsync(setup))
        {
            await CallAsync(first, ended: 1);
            Assert.Equal(0, await first.TerminateAsync());
        }

        await using (var upgraded = await UpgradedProxy.StartAsync(setup))
        {
            await upgraded.UpgradeAsync();
            await upgraded.First.HasAnsweredAsync();
            await CallAsync(upgraded.First, ended: 2);
        }

        await using var last = await ProxyProcess.StartAsync(setup);
        await CallAsync(last, ended: 3);
        last.ExpectCleanLog();
    }

    private static async Task CallAsync(ProxyProcess proxy, int ended)
    {
        using (var client = await EchoClient.ConnectAsync(proxy.Port))
        {
            await client.ExchangeAsync();
            await client.FinishAsync();
        }

        await proxy.IsIdleAsync();
        Assert.Equal(ended, await proxy.EndedAsync("primary"));
    }
}
