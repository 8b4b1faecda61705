using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Controlling;

/// <summary>The lease of a proxy that stands alone: the last destination in service is not taken out by mistake.</summary>
public sealed class LastInService : ControlScenario
{
    private readonly TestDestination _primary = TestDestination.Echoing("primary");
    private readonly TestDestination _secondary = TestDestination.Echoing("secondary");

    [Theory, ClassData<Engines>]
    public async Task Drain_TheOtherIsOut_IsRefusedWithWhoAndSinceWhen(EngineKind engine)
    {
        await StartAsync(engine, Setup, _primary, _secondary);
        await RunAsync("drain", "agents/primary");

        foreach (var verb in (string[])["drain", "disable"])
        {
            var run = await RunAsync(verb, "agents/secondary");

            Assert.Equal(1, run.ExitCode);
            Assert.Contains(
                $"haproxynet {verb}: agents/secondary stays in service: it is the last one of agents. agents/primary is out (drained on ",
                run.Error,
                StringComparison.Ordinal);
            Assert.Contains(" at 20", run.Error, StringComparison.Ordinal);
        }

        Assert.Equal(Scripts.Request, await EchoCallAsync());
        Assert.Equal("secondary", (await Proxy.LineAsync()).Destination);
        Assert.NotEmpty(Proxy.Log.Events(EventIds.LeaseRefused));
        await EnableAllAsync();
    }

    [Theory, ClassData<Engines>]
    public async Task Drain_WithForce_IsDoneAndLogged(EngineKind engine)
    {
        await StartAsync(engine, Setup, _primary, _secondary);
        await RunAsync("drain", "agents/primary");

        var run = await RunAsync("drain", "agents/secondary", "--force");

        run.Expect("agents/secondary is draining; new connections go to nobody");
        Assert.Single(Proxy.Log.Events(EventIds.LeaseForced));
        (await RunAsync("status")).Expect("by force");
        await EnableAllAsync();
    }

    [Theory, ClassData<Engines>]
    public async Task Drain_WithWait_IsDoneWhenTheOtherIsBack(EngineKind engine)
    {
        await StartAsync(engine, Setup, _primary, _secondary);
        await RunAsync("drain", "agents/primary");

        var waiting = RunAsync("drain", "agents/secondary", "--wait", "10m");
        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.LeaseRefused).Count > 0, "it was refused once");
        (await RunAsync("enable", "agents/primary")).Expect("enabled");
        var run = await waiting;

        run.Expect("agents/secondary is draining");
        Assert.Contains("waiting: agents/secondary stays in service", run.Error, StringComparison.Ordinal);
        Assert.Contains("has no connection any more", run.Output, StringComparison.Ordinal);
        await EnableAllAsync();
    }

    [Theory, ClassData<Engines>]
    public async Task Drain_WithWait_TimeIsOver_IsRefused(EngineKind engine)
    {
        await StartAsync(engine, Setup, _primary, _secondary);
        await RunAsync("drain", "agents/primary");

        var run = await RunAsync("drain", "agents/secondary", "--wait", "0s");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("haproxynet drain: agents/secondary stays in service", run.Error, StringComparison.Ordinal);
        await EnableAllAsync();
    }

    [Theory, ClassData<Engines>]
    public async Task Restart_StatusStillSaysWhoAndSinceWhen(EngineKind engine)
    {
        Truth.DestinationsMayChange = true;
        await StartAsync(engine, Setup, _primary, _secondary);
        await RunAsync("drain", "agents/primary");
        var before = Proxy.Cluster.Find("primary")!.Decision;

        await RestartAsync(engine, Setup, _primary, _secondary);

        Assert.Equal(before, Proxy.Cluster.Find("primary")!.Decision);
        (await RunAsync("status")).Expect(before.Describe());
        (await RunAsync("explain", "front")).Expect(before.Describe());
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("lease_held", "destination=primary"));
        await EnableAllAsync();
    }

    /// <summary>Of what a version before has written nobody knows who and when; it stays as it was.</summary>
    [Theory, ClassData<Engines>]
    public async Task Restart_FileOfAVersionBefore_StaysInForce(EngineKind engine)
    {
        await File.WriteAllTextAsync(
            StatePath, """{ "clusters": { "agents": { "destinations": { "primary": "Draining", "secondary": "Disabled" } } } }""");

        await StartAsync(engine, Setup, _primary, _secondary);

        Assert.Equal(
            (Maintenance.Draining, Maintenance.Disabled),
            (Proxy.Cluster.Find("primary")!.Maintenance, Proxy.Cluster.Find("secondary")!.Maintenance));
        (await RunAsync("enable", "agents/secondary")).Expect("enabled");
        (await RunAsync("drain", "agents/secondary")).ExpectFault("agents/primary is out (drained)");
        await EnableAllAsync();
    }

    private async Task EnableAllAsync()
    {
        (await RunAsync("enable", "agents/primary")).Expect("enabled");
        (await RunAsync("enable", "agents/secondary")).Expect("enabled");
    }
}
