using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.State;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.FunctionalTests.Failover;

/// <summary>When new connections go back, and what happens to those that stayed behind.</summary>
public sealed class FailbackModes : Scenario
{
    private static readonly Evidence _refused = Evidence.Failed(HealthReason.Refused, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new();
    private readonly TestDestination _primary = TestDestination.Echoing("primary");
    private readonly TestDestination _secondary = TestDestination.Echoing("secondary");

    [Theory, ClassData<Engines>]
    public async Task StableFor_PrimaryIsUp_GoesBackAfterItsTime(EngineKind engine)
    {
        await StartOnSecondaryAsync(engine, ("Failback:Mode", "StableFor"), ("Failback:StableFor", "00:02:00"));
        await CallAndExpectAsync("secondary", "failback_waits");

        _time.Advance(TimeSpan.FromMinutes(2));
        await Eventually.TrueAsync(() => Active == "primary", "it goes back");

        await CallAndExpectAsync("primary", "preferred");
    }

    [Theory, ClassData<Engines>]
    public async Task Manual_PrimaryIsUp_GoesBackWhenAsked(EngineKind engine)
    {
        await StartOnSecondaryAsync(engine, ("Failback:Mode", "Manual"));
        _time.Advance(TimeSpan.FromDays(1));
        await CallAndExpectAsync("secondary", "failback_waits");

        Proxy.Control.FailBack(Proxy.Cluster);

        await CallAndExpectAsync("primary", "preferred");
    }

    [Theory, ClassData<Engines>]
    public async Task WhenIdle_ConnectionOpenOnTheSecondary_GoesBackWhenItHasEnded(EngineKind engine)
    {
        await StartAsync(engine, Setup(("Failback:Mode", "WhenIdle")), _primary, _secondary);
        await FailOverAsync();
        var client = await ConnectAsync();
        await client.SendAsync("hello");
        await client.ExpectAsync("hello");
        ComeBack();
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("secondary", Active);

        client.FinishSending();
        await Proxy.LinesAsync(1);

        await Eventually.TrueAsync(() => Turn() && Active == "primary", "it goes back");
    }

    [Theory, ClassData<Engines>]
    public async Task Sessions_Close_EndsWhatIsOpenOnTheSecondary(EngineKind engine)
    {
        var client = await FailBackWithOneOpenAsync(engine, ("Failback:Sessions", "Close"));

        await client.ExpectResetAsync();
        Assert.Equal("failed_back", (await Proxy.LineAsync()).Outcome);
    }

    [Theory, ClassData<Engines>]
    public async Task Sessions_CloseWhenQuiet_EndsItWhenNoBytePasses(EngineKind engine)
    {
        var client = await FailBackWithOneOpenAsync(engine, ("Failback:Sessions", "CloseWhenQuiet"), ("Failback:QuietFor", "00:00:05"));
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await client.SendAsync("hello");
            await client.ExpectAsync("hello");
        }

        Assert.Empty(Proxy.Log.Lines);
        await Eventually.TrueAsync(() => Turn() && Proxy.Log.Lines.Count == 1, "it was closed");
        Assert.Equal("failed_back", (await Proxy.LineAsync()).Outcome);
    }

    [Theory, ClassData<Engines>]
    public async Task Sessions_Deadline_EndsItThen(EngineKind engine)
    {
        await FailBackWithOneOpenAsync(engine, ("Failback:Sessions", "Deadline"), ("Failback:SessionsDeadline", "00:10:00"));
        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.Empty(Proxy.Log.Lines);

        _time.Advance(TimeSpan.FromMinutes(1));

        await Eventually.TrueAsync(() => Turn() && Proxy.Log.Lines.Count == 1, "it was closed");
    }

    [Theory, ClassData<Engines>]
    public async Task Sessions_CloseWhenDown_EndsWhatIsOpenOnTheFailedOne(EngineKind engine)
    {
        await StartAsync(engine, Setup(("WhenDown:Sessions", "Close")), _primary, _secondary);
        var client = await ConnectAsync();
        await client.SendAsync("hello");
        await client.ExpectAsync("hello");

        Proxy.Report(Primary, _refused);

        await client.ExpectResetAsync();
        Assert.Equal("destination_down", (await Proxy.LineAsync()).Outcome);
    }

    [Theory, ClassData<Engines>]
    public async Task Switch_ToTheSecondaryWhileThePrimaryIsUp_StaysUntilTakenBack(EngineKind engine)
    {
        await StartAsync(engine, Setup(), _primary, _secondary);

        Proxy.Control.Switch(Proxy.Cluster, Proxy.Cluster.Find("secondary")!);
        await CallAndExpectAsync("secondary", "switched");
        Proxy.Control.FailBack(Proxy.Cluster);

        await CallAndExpectAsync("primary", "preferred");
    }

    [Theory, ClassData<Engines>]
    public async Task Drain_ThePrimary_OpenOnesGoOnAndNewOnesGoElsewhere(EngineKind engine)
    {
        await StartAsync(engine, Setup(), _primary, _secondary);
        var client = await ConnectAsync();
        await client.SendAsync("hello");
        await client.ExpectAsync("hello");

        Proxy.Control.SetMaintenance(Proxy.Cluster, Primary, new(HaProxyNet.Vocabulary.Maintenance.Draining));

        Assert.Equal(Scripts.Request, await EchoCallAsync());
        Assert.Equal("secondary", (await Proxy.LinesAsync(1))[0].Destination);
        await client.SendAsync("still here");
        await client.ExpectAsync("still here");
        Truth.DestinationsMayChange = true;
    }

    private Destination Primary => Proxy.Cluster.Find("primary")!;

    private string? Active => Proxy.Active;

    private ProxySetup Setup(params (string Key, string Value)[] settings)
        => new() { Time = _time, Cluster = settings.ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal) };

    /// <summary>The clock stands still: apart from the first probe, which finds nobody, only the test reports.</summary>
    private Task FailOverAsync()
    {
        _primary.StopListening();
        Proxy.Report(Primary, _refused);
        return Eventually.TrueAsync(() => Primary.Condition.Failures == 2, "the first probe has found nobody");
    }

    private void ComeBack()
    {
        _primary.Revive(Scripts.EchoAsync);
        Proxy.Report(Primary, Evidence.Accepted);
    }

    private async Task StartOnSecondaryAsync(EngineKind engine, params (string Key, string Value)[] settings)
    {
        await StartAsync(engine, Setup(settings), _primary, _secondary);
        await FailOverAsync();
        ComeBack();
    }

    private async Task<TestPeer> FailBackWithOneOpenAsync(EngineKind engine, params (string Key, string Value)[] settings)
    {
        await StartAsync(engine, Setup(settings), _primary, _secondary);
        await FailOverAsync();
        var client = await ConnectAsync();
        await client.SendAsync("hello");
        await client.ExpectAsync("hello");
        ComeBack();
        Assert.Equal("primary", Active);
        return client;
    }

    private async Task CallAndExpectAsync(string destination, string reason)
    {
        var before = Proxy.Log.Lines.Count;
        Assert.Equal(Scripts.Request, await EchoCallAsync());
        var line = (await Proxy.LinesAsync(before + 1))[before];
        Assert.Equal((destination, reason), (line.Destination, line.Reason));
    }

    private bool Turn()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return true;
    }
}
