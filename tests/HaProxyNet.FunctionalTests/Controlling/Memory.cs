using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.FunctionalTests.Controlling;

/// <summary>What operators set survives a restart, and nothing that can happen to its file stops the proxy.</summary>
public sealed class Memory : ControlScenario
{
    private readonly TestDestination _primary = TestDestination.Echoing("primary");
    private readonly TestDestination _secondary = TestDestination.Echoing("secondary");

    [Theory, ClassData<Engines>]
    public async Task Restart_KeepsADrainASwitchAndADisable(EngineKind engine)
    {
        Truth.DestinationsMayChange = true;
        var third = TestDestination.Echoing("third");
        await StartAsync(engine, Setup, _primary, _secondary, third);
        await RunAsync("drain", "agents/primary");
        await RunAsync("disable", "agents/secondary", "--force");
        await RunAsync("switch", "agents", "third");
        await RunAsync("enable", "agents/secondary");

        await RestartAsync(engine, Setup, _primary, _secondary, third);

        await EchoCallAsync();
        Assert.Equal(("third", "switched"), ((await Proxy.LineAsync()).Destination, (await Proxy.LineAsync()).Reason));
        (await RunAsync("status")).Expect("draining");
        Assert.Equal(
            [("primary", "draining"), ("third", "switched")],
            Proxy.Log.Events(EventIds.OperatorStateRestored).Select(e => (e.Field("Destination"), e.Field("Change"))));
        Assert.Equal(0, _primary.Traffic.Connections);
        Assert.Empty(Proxy.Log.Events(EventIds.Failover));
        Assert.Equal(0, Proxy.Cluster.Active.Switches.Count);
    }

    [Theory, ClassData<Engines>]
    public async Task Restart_DestinationIsNotConfigured_TheEntryWaitsForIt(EngineKind engine)
    {
        Truth.DestinationsMayChange = true;
        await StartAsync(engine, Setup, _primary, _secondary);
        await RunAsync("drain", "agents/secondary");
        await RestartAsync(engine, Setup, _primary);
        (await RunAsync("drain", "agents/primary", "--force")).Expect("draining");
        await RunAsync("enable", "agents/primary");

        Proxy.Reload(AddressesOf(_primary, _secondary));

        await Eventually.TrueAsync(
            () => Proxy.Cluster.Find("secondary")?.Status is Vocabulary.DestinationStatus.Draining, "it is drained as soon as it is there");
    }

    [Theory, ClassData<Engines>]
    public async Task FileIsCorrupt_IsPutAsideAndTheProxyServes(EngineKind engine)
    {
        const string Junk = """{ "clusters": { "agents": { "destinations": { "primary": "dra""";
        await File.WriteAllTextAsync(StatePath, Junk);

        await StartAsync(engine, Setup, _primary, _secondary);

        await EchoCallAsync();
        Assert.Equal("primary", (await Proxy.LineAsync()).Destination);
        Assert.Equal(LogLevel.Warning, Assert.Single(Proxy.Log.Events(EventIds.OperatorStateCorrupt)).Level);
        Assert.Equal(Junk, await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Folder, "state.json.corrupt-*"))));
        (await RunAsync("drain", "agents/secondary")).Expect("draining");
        Assert.True(File.Exists(StatePath));
        await RunAsync("enable", "agents/secondary");
    }

    [Theory, ClassData<Engines>]
    public async Task FileHasAnUnknownState_IsPutAside(EngineKind engine)
    {
        await File.WriteAllTextAsync(StatePath, """{ "clusters": { "agents": { "destinations": { "primary": 7 } } } }""");

        await StartAsync(engine, Setup, _primary, _secondary);

        Assert.Single(Proxy.Log.Events(EventIds.OperatorStateCorrupt));
    }

    /// <summary>A pipe would hang the process that opens it, a link would lead elsewhere, and a device has no end.</summary>
    [Theory, ClassData<Engines>]
    public async Task NoRegularFile_IsRefusedAtTheStart(EngineKind engine)
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "needs /dev/zero");
        File.CreateSymbolicLink(StatePath, "/dev/zero");

        await StartAsync(engine, Setup, _primary, _secondary);

        Assert.Contains(
            "is no regular file", Assert.Single(Proxy.Log.Events(EventIds.OperatorStateUnreadable)).Text, StringComparison.Ordinal);
        File.Delete(StatePath);
    }

    /// <summary>A link to a device in the place of the new file is not followed: the write fails, as on a full disk.</summary>
    [Theory, ClassData<Engines>]
    public async Task NewFileCannotBeWritten_TheAnswerSaysThatItHoldsUntilARestart(EngineKind engine)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs /dev/full");
        await StartAsync(engine, Setup, _primary, _secondary);
        await RunAsync("drain", "agents/secondary");
        var before = await File.ReadAllTextAsync(StatePath);
        File.CreateSymbolicLink(StatePath + ".new", "/dev/full");

        var run = await RunAsync("drain", "agents/primary", "--force");

        run.Expect("agents/primary is draining");
        Assert.Contains("this holds only until the proxy restarts", run.Error, StringComparison.Ordinal);
        Assert.Equal(LogLevel.Warning, Assert.Single(Proxy.Log.Events(EventIds.OperatorStateUnwritable)).Level);
        Assert.Equal(before, await File.ReadAllTextAsync(StatePath));
        File.Delete(StatePath + ".new");
        await RunAsync("enable", "agents/primary");
        await RunAsync("enable", "agents/secondary");
        Assert.DoesNotContain("primary", await File.ReadAllTextAsync(StatePath), StringComparison.Ordinal);
    }

    [Theory, ClassData<Engines>]
    public async Task FileIsOff_TheAnswerSaysSo(EngineKind engine)
    {
        await File.WriteAllTextAsync(StatePath, "never read");
        var setup = Setup with { StateFile = "" };
        await StartAsync(engine, setup, _primary, _secondary);

        var run = await RunAsync("drain", "agents/secondary");

        Assert.Contains("this holds only until the proxy restarts: Admin.StateFile is empty", run.Error, StringComparison.Ordinal);
        await RunAsync("enable", "agents/secondary");
    }
}
