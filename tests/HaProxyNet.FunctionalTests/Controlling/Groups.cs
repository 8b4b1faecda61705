using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Controlling;

/// <summary>Commands for clusters that fail over together.</summary>
public sealed class Groups : ControlScenario
{
    private readonly TestDestination _primary = TestDestination.Echoing("primary");
    private readonly TestDestination _secondary = TestDestination.Echoing("secondary");
    private readonly TestDestination _primaryTls = TestDestination.Echoing("primary");
    private readonly TestDestination _secondaryTls = TestDestination.Echoing("secondary");

    [Theory, ClassData<Engines>]
    public async Task Drain_OfOnePort_BothGoAndTheOtherPortIsWarnedOf(EngineKind engine)
    {
        Truth.DestinationsMayChange = true;
        await StartGroupAsync(engine);

        var run = await RunAsync("drain", "agents/primary");

        run.Expect("new connections go to secondary");
        Assert.Contains("second/primary is not taken out", run.Error, StringComparison.Ordinal);
        (await RunAsync("explain", "second")).Expect("more preferred, but agents/primary of the same failover group is draining");
        Assert.DoesNotContain("warning", (await RunAsync("drain", "second/primary")).Error, StringComparison.Ordinal);
        await RunAsync("enable", "agents/primary");
        await RunAsync("enable", "second/primary");
        Assert.Equal(("primary", "primary"), Active);
    }

    [Theory, ClassData<Engines>]
    public async Task Switch_OfOneCluster_TakesTheOtherAlong_AlsoAfterARestart(EngineKind engine)
    {
        Truth.DestinationsMayChange = true;
        var setup = await StartGroupAsync(engine);
        await RunAsync("switch", "second", "secondary");
        Assert.Equal(("secondary", "secondary"), Active);

        await RestartAsync(engine, setup, _primary, _secondary);

        Assert.Equal(("secondary", "secondary"), Active);
        (await RunAsync("failback", "agents")).Expect("go to primary");
        Assert.Equal(("primary", "primary"), Active);
        await RestartAsync(engine, setup, _primary, _secondary);
        Assert.Equal(("primary", "primary"), Active);
    }

    private (string?, string?) Active => (Proxy.Active, TestProxy.ActiveOf(Proxy.Second.Plan.Cluster!));

    private async Task<ProxySetup> StartGroupAsync(EngineKind engine)
    {
        var setup = Setup with
        {
            Cluster = new Dictionary<string, string>(StringComparer.Ordinal) { ["FailoverGroup"] = "host" },
            SecondCluster = [.. AddressesOf(Add(_primaryTls), Add(_secondaryTls))],
        };
        await StartAsync(engine, setup, _primary, _secondary);
        return setup;
    }
}
