using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.FunctionalTests.Maintaining;

/// <summary>Nothing that can happen to the store stops the proxy, a command or a client.</summary>
public sealed class StoreAway : SharedStoreScenario
{
    [Theory, ClassData<Engines>]
    public async Task Away_ChangesAreLocalAndSaySo_AndAreWrittenWhenItIsBack(EngineKind engine)
    {
        await StartAsync(engine, Shared, Primary, Secondary);
        Store.Fault = "etcd1 refuses";
        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.MaintenanceStoreAway).Count == 1, "it is logged");

        var run = await RunAsync("drain", "agents/primary");

        run.Expect("agents/primary is draining");
        Assert.Contains(
            "this holds on proxy1 only, until the maintenance store can be used again: etcd1 refuses", run.Error, StringComparison.Ordinal);
        (await RunAsync("status")).Expect("etcd1 refuses");
        Assert.Equal(0, (await Proxy.ScrapeAsync()).Sum("maintenance_store_up"));
        (await RunAsync("drain", "agents/secondary")).ExpectFault("agents/primary is out (drained on proxy1");
        Assert.Equal(0, Store.Revision);
        Assert.Equal(LogLevel.Warning, Assert.Single(Proxy.Log.Events(EventIds.MaintenanceStoreAway)).Level);

        Store.Fault = null;

        await IsStoredAsync("primary", Maintenance.Draining);
        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.MaintenanceStoreBack).Count == 1, "it is back");
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("maintenance_store_up"));
        await EnableAllAsync();
    }

    [Theory, ClassData<Engines>]
    public async Task Silent_NeitherTheStartNorACommandWaitsForIt(EngineKind engine)
    {
        Store.IsSilent = true;
        await StartAsync(engine, Shared, Primary, Secondary);

        var run = await RunAsync("drain", "agents/secondary");

        run.Expect("agents/secondary is draining");
        Assert.Contains("no answer within", run.Error, StringComparison.Ordinal);
        Assert.Equal(Scripts.Request, await EchoCallAsync());
        Store.IsSilent = false;
        await IsStoredAsync("secondary", Maintenance.Draining);
        await EnableAllAsync();
    }

    [Theory, ClassData<Engines>]
    public async Task AwayAcrossARestart_TheLastKnownStateHolds(EngineKind engine)
    {
        Truth.DestinationsMayChange = true;
        await StartAsync(engine, Shared, Primary, Secondary);
        Store.Decide("primary", Maintenance.Draining);
        await IsHereAsync("primary", Maintenance.Draining);
        await Eventually.TrueAsync(() => File.Exists(StatePath), "it is kept");
        Store.Fault = "no quorum";

        await RestartAsync(engine, Shared, Primary, Secondary);

        Assert.Equal(Maintenance.Draining, Here("primary"));
        Store.Decide("primary", Maintenance.None);
        Store.Fault = null;
        await IsHereAsync("primary", Maintenance.None);
    }

    [Theory, ClassData<Engines>]
    public async Task PutBackWhileAway_AcrossARestart_IsNotForgotten(EngineKind engine)
    {
        Truth.DestinationsMayChange = true;
        await StartAsync(engine, Shared, Primary, Secondary);
        await RunAsync("drain", "agents/primary");
        Store.Fault = "no quorum";
        (await RunAsync("enable", "agents/primary")).Expect("enabled");

        await RestartAsync(engine, Shared, Primary, Secondary);
        Store.Fault = null;

        await IsStoredAsync("primary", Maintenance.None);
        Assert.Equal(Maintenance.None, Here("primary"));
    }

    [Theory, ClassData<Engines>]
    public async Task OtherData_IsLeftAlone(EngineKind engine)
    {
        Store.Problem = "its key x was written by another version of the proxy";
        await StartAsync(engine, Shared, Primary, Secondary);

        var run = await RunAsync("drain", "agents/primary");

        run.Expect("agents/primary is draining");
        Assert.Contains("another version", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, Store.Revision);
        Assert.Single(Proxy.Log.Events(EventIds.MaintenanceStoreAway));
        Store.Problem = null;
        await IsStoredAsync("primary", Maintenance.Draining);
        await EnableAllAsync();
    }

    [Theory, ClassData<Engines>]
    public async Task Emptied_IsFilledAgain(EngineKind engine)
    {
        await StartAsync(engine, Shared, Primary, Secondary);
        await RunAsync("drain", "agents/primary");
        await Eventually.TrueAsync(() => Store.Set["primary"].IsOut, "it is stored");

        // Twice: the first time it may not have been read before.
        Store.Empty();
        await IsStoredAsync("primary", Maintenance.Draining);
        Store.Empty();
        await IsStoredAsync("primary", Maintenance.Draining);

        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.MaintenanceStoreRefilled).Count > 0, "it is logged");
        Assert.Equal(Maintenance.Draining, Here("primary"));
        await EnableAllAsync();
    }

    /// <summary>Both operators took one out while their proxies could not hear each other; the other one was first.</summary>
    [Theory, ClassData<Engines>]
    public async Task BothTakenOutApart_TheLaterOneIsPutBack(EngineKind engine)
    {
        await StartAsync(engine, Shared, Primary, Secondary);
        Store.Fault = "no quorum";
        (await RunAsync("drain", "agents/secondary")).Expect("agents/secondary is draining");
        Store.Decide("primary", Maintenance.Draining, at: Proxy.Cluster.Find("secondary")!.Decision.At.AddSeconds(-1));

        Store.Fault = null;

        await IsHereAsync("primary", Maintenance.Draining);
        await IsHereAsync("secondary", Maintenance.None);
        await IsStoredAsync("secondary", Maintenance.None);
        Assert.Single(Proxy.Log.Events(EventIds.MaintenanceOverruled));
        await EnableAllAsync();
    }
}
