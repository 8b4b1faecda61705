using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Maintaining;

/// <summary>What operators decide on one proxy, the other knows; and never do two of them take out both destinations.</summary>
public sealed class TwoProxies : SharedStoreScenario
{
    [Theory, ClassData<Engines>]
    public async Task TheOtherDrains_IsFollowed_WithWhereByWhomAndWhen(EngineKind engine)
    {
        await StartAsync(engine, Shared, Primary, Secondary);

        var decision = Store.Decide("primary", Maintenance.Draining);

        await IsHereAsync("primary", Maintenance.Draining);
        (await RunAsync("status")).Expect(decision.Describe());
        (await RunAsync("explain", "front")).Expect("drained on proxy2 by uid 7 at ");
        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.MaintenanceFollowed).Count == 1, "it is logged");
        Assert.Equal(Scripts.Request, await EchoCallAsync());
        Assert.Equal("secondary", (await Proxy.LineAsync()).Destination);
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("lease_held", "destination=primary", "node=proxy2"));
        (await RunAsync("enable", "agents/primary")).Expect("enabled");
        Assert.Equal((Maintenance.None, Node), (Store.Set["primary"].Maintenance, Store.Set["primary"].Node));
        await EnableAllAsync();
    }

    [Theory, ClassData<Engines>]
    public async Task TheOtherHasDrainedBeforeTheStart_TheFirstConnectionKnowsIt(EngineKind engine)
    {
        Store.Decide("primary", Maintenance.Disabled);

        await StartAsync(engine, Shared, Primary, Secondary);

        Assert.Equal(Maintenance.Disabled, Here("primary"));
        Assert.Equal(Scripts.Request, await EchoCallAsync());
        Assert.Equal("secondary", (await Proxy.LineAsync()).Destination);
        await EnableAllAsync();
    }

    [Theory, ClassData<Engines>]
    public async Task Drain_TheOtherHoldsTheLease_IsRefusedWithItsName(EngineKind engine)
    {
        await StartAsync(engine, Shared, Primary, Secondary);
        Store.Decide("primary", Maintenance.Draining);

        (await RunAsync("drain", "agents/secondary")).ExpectFault("agents/primary is out (drained on proxy2 by uid 7 at ");

        await IsHereAsync("primary", Maintenance.Draining);
        Assert.Equal(Maintenance.None, Here("secondary"));
        await EnableAllAsync();
    }

    /// <summary>Both operators have seen the same state; the other one's word comes first by a hair.</summary>
    [Theory, ClassData<Engines>]
    public async Task Drain_TheOtherIsFirstByAHair_IsRefused(EngineKind engine)
    {
        await StartAsync(engine, Shared, Primary, Secondary);
        Store.BeforeSwap = () => Store.Decide("primary", Maintenance.Draining);

        (await RunAsync("drain", "agents/secondary")).ExpectFault("agents/secondary stays in service");

        Assert.Equal((Maintenance.Draining, Maintenance.None), (Store.Set["primary"].Maintenance, Store.Set["secondary"].Maintenance));
        await EnableAllAsync();
    }

    /// <summary>It was put back there, and the other one taken out, before this proxy heard of either.</summary>
    [Theory, ClassData<Engines>]
    public async Task TheOtherHasChangedBoth_IsFollowed(EngineKind engine)
    {
        await StartAsync(engine, Shared, Primary, Secondary);
        await RunAsync("drain", "agents/primary");
        Store.BeforeSwap = () =>
        {
            Store.Decide("primary", Maintenance.None);
            Store.Decide("secondary", Maintenance.Disabled);
        };

        // It changes nothing that the lease does not allow, and learns the rest.
        (await RunAsync("disable", "agents/primary")).ExpectFault("agents/primary stays in service");

        Assert.Equal((Maintenance.None, Maintenance.Disabled), (Here("primary"), Here("secondary")));
        await EnableAllAsync();
    }
}
