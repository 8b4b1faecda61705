using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.Upgrades;

/// <summary>
/// The Managed engine cannot hand over an open connection: it stays with the old process. All else goes to the new one, as on the Reactor.
/// </summary>
public sealed class ManagedUpgradeTests
{
    private const int Upgrades = 3;
    private const int NewConnectionsEachSecond = 200;

    [Fact]
    public async Task Upgrade_UnderLoad_NobodyIsRefusedAndOpenConnectionsEndWhereTheyAre()
    {
        using var server = new EchoServer();
        await using var proxy = await UpgradedProxy.StartAsync(new(Engines.Managed, ("primary", server.Address)));
        var first = proxy.First.Id;
        using var idle = await EchoClient.ConnectAsync(proxy.First.Port);
        await idle.ExchangeAsync();
        using var stream = StreamingClient.Start(
            await EchoClient.ConnectAsync(proxy.First.Port), TimeSpan.FromMilliseconds(5));
        var load = ConnectionLoad.Start(proxy.First.Port, NewConnectionsEachSecond);

        for (var upgrade = 0; upgrade < Upgrades; upgrade++)
        {
            await proxy.UpgradeAndLeaveAsync();
            await idle.ExchangeAsync();
        }

        await load.FinishAsync();
        Assert.Empty(load.Failures);
        Assert.NotEmpty(load.Times);
        Assert.False(ProcessFigures.HasLetGo(first));
        await stream.FinishAsync();
        await idle.FinishAsync();
        await proxy.HasGoneAsync(first);
        await Eventually.HoldsAsync(
            async () => (await proxy.First.MetricsAsync()).Sum("connections_total") == load.Times.Count + 2,
            () => $"all of {load.Times.Count + 2} are counted, once");
        proxy.First.ExpectCleanLog();
    }

    [Theory]
    [InlineData(Engines.Managed, Engines.Reactor)]
    [InlineData(Engines.Reactor, Engines.Managed)]
    public async Task Upgrade_ToTheOtherEngine_OpenConnectionsStayAndTheListenerGoes(string before, string after)
    {
        using var server = new EchoServer();
        using var setup = new ProxySetup(before, ("primary", server.Address)) { OutlivesProxy = true };
        await using var proxy = await UpgradedProxy.StartAsync(setup);
        using var open = await EchoClient.ConnectAsync(proxy.First.Port);
        await open.ExchangeAsync();
        var file = await File.ReadAllTextAsync(setup.File, TestContext.Current.CancellationToken);
        Assert.Contains($"\"Engine\":\"{before}\"", file, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            setup.File,
            file.Replace($"\"Engine\":\"{before}\"", $"\"Engine\":\"{after}\"", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);

        await proxy.UpgradeAndLeaveAsync();

        using var late = await EchoClient.ConnectAsync(proxy.First.Port);
        await late.ExchangeAsync();
        await late.FinishAsync();
        await open.ExchangeAsync();
        Assert.False(ProcessFigures.HasLetGo(proxy.First.Id));
        await open.FinishAsync();
        await proxy.HasGoneAsync(proxy.First.Id);
    }

    [Theory]
    [InlineData(Engines.Managed)]
    [InlineData(Engines.Reactor)]
    public async Task Upgrade_Drained_IsKnownToTheNewProcessAndIsNoFailover(string engine)
    {
        using var primary = new EchoServer();
        using var secondary = new EchoServer();
        await using var proxy = await UpgradedProxy.StartAsync(
            new(engine, ("primary", primary.Address), ("secondary", secondary.Address)));
        (await proxy.First.CommandAsync("drain", "pair/primary")).ExpectSuccess("the drain");

        await proxy.UpgradeAsync();

        await proxy.First.IsActiveAsync("secondary");
        Assert.Equal(1, (await proxy.First.MetricsAsync()).Sum("failovers_total"));
        using var client = await EchoClient.ConnectAsync(proxy.First.Port);
        await client.ExchangeAsync();
        await client.FinishAsync();
    }
}
