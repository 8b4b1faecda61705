using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Health;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Probing;

public sealed class ProbeModes : ProbingScenario
{
    [Theory, ClassData<Engines>]
    public async Task IdleStandbyDies_IsFoundOutAndFoundUpAgain(EngineKind engine)
    {
        await StartAsync(engine);
        Secondary.StopListening();
        Time.Advance(Idle);
        await IsUpAsync("secondary", isUp: false);
        Assert.Equal(Vocabulary.HealthReason.Refused, Proxy.Cluster.Find("secondary")!.Condition.Reason);

        Secondary.Revive(Scripts.AnswerAsync("2nd."));
        await IsUpAsync("secondary", isUp: true);

        Assert.Equal(0, (await Proxy.ScrapeAsync()).Sum("failovers_total"));
        Assert.Equal("1st.", await CallAsync());
    }

    [Theory, ClassData<Engines>]
    public async Task WhenDown_NobodyIsAskedWhileUp(EngineKind engine)
    {
        await StartAsync(engine, ("Health:Probe", "WhenDown"));
        Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, await ProbesAsync());

        Primary.StopListening();
        Assert.Equal("2nd.", await CallAsync());
        await ProbedAsync(1, "destination=primary", "result=refused");
        Primary.Revive(Scripts.AnswerAsync("1st."));
        await IsUpAsync("primary", isUp: true);

        var probes = await ProbesAsync();
        Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("1st.", await CallAsync());
        Assert.Equal(probes, await ProbesAsync());
        Assert.Equal(0, await ProbesAsync("destination=secondary"));
    }

    [Theory, ClassData<Engines>]
    public async Task Never_NotEvenWhenDown_UntilAReloadSaysOtherwise(EngineKind engine)
    {
        Truth.DestinationsMayChange = true;
        await StartAsync(engine, ("Health:Probe", "Never"));
        Primary.StopListening();
        Assert.Equal("2nd.", await CallAsync());
        Primary.Revive(Scripts.AnswerAsync("1st."));
        Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("2nd.", await CallAsync());
        Assert.Equal(0, await ProbesAsync());

        Proxy.Reload(
            AddressesOf(Primary, Secondary), setup => setup with { Cluster = new Dictionary<string, string>(StringComparer.Ordinal) });

        await IsUpAsync("primary", isUp: true);
        Assert.Equal("1st.", await CallAsync());
    }

    /// <summary>Nobody waits for the rest of a wait that the configuration no longer asks for.</summary>
    [Theory, ClassData<Engines>]
    public async Task ReloadToAShorterDownInterval_TakesEffectAtOnce(EngineKind engine)
    {
        Truth.DestinationsMayChange = true;
        await StartAsync(engine, ("Health:DownInterval", "10.00:00:00"));
        Primary.StopListening();
        Assert.Equal("2nd.", await CallAsync());
        await ProbedAsync(1, "destination=primary", "result=refused");
        Primary.Revive(Scripts.AnswerAsync("1st."));

        Proxy.Reload(AddressesOf(Primary, Secondary), setup => setup with { Cluster = Setup(("Health:DownInterval", "00:00:01")).Cluster });

        await IsUpAsync("primary", isUp: true);
        Assert.Equal("1st.", await CallAsync());
    }

    [Theory, ClassData<Engines>]
    public async Task ReloadToNever_TheProbesEnd(EngineKind engine)
    {
        Truth.DestinationsMayChange = true;
        await StartAsync(engine);
        Primary.StopListening();
        Assert.Equal("2nd.", await CallAsync());
        await ProbedAsync(1, "destination=primary");

        Proxy.Reload(AddressesOf(Primary, Secondary), setup => setup with { Cluster = Setup(("Health:Probe", "Never")).Cluster });
        Primary.Revive(Scripts.AnswerAsync("1st."));
        for (var i = 0; i < 20; i++)
        {
            Time.Advance(Idle);
            Assert.Equal("2nd.", await CallAsync());
        }

        Assert.Equal(0, await ProbesAsync("result=success"));
    }

    [Theory, ClassData<Engines>]
    public async Task Disabled_NotAPacket_Draining_IsWatched(EngineKind engine)
    {
        Truth.DestinationsMayChange = true;
        await StartAsync(engine);
        var secondary = Proxy.Cluster.Find("secondary")!;
        Proxy.Control.SetMaintenance(Proxy.Cluster, secondary, new(Maintenance.Disabled));
        Secondary.StopListening();
        for (var round = 1; round <= 5; round++)
        {
            Time.Advance(Idle);
            await ProbedAsync(round, "destination=primary");
        }

        Assert.Equal(0, await ProbesAsync("destination=secondary"));

        Proxy.Control.SetMaintenance(Proxy.Cluster, secondary, new(Maintenance.Draining));
        Time.Advance(Idle);
        await IsUpAsync("secondary", isUp: false);
        Assert.Equal(Vocabulary.DestinationStatus.Draining, secondary.Status);
    }

    /// <summary>One that is down and disabled is left alone, and asked again as soon as it is enabled.</summary>
    [Theory, ClassData<Engines>]
    public async Task DownAndDisabledThenEnabled_IsFoundUp(EngineKind engine)
    {
        Truth.DestinationsMayChange = true;
        await StartAsync(engine);
        var primary = Proxy.Cluster.Find("primary")!;
        Primary.StopListening();
        Assert.Equal("2nd.", await CallAsync());
        await ProbedAsync(1, "destination=primary", "result=refused");
        Proxy.Control.SetMaintenance(Proxy.Cluster, primary, new(Maintenance.Disabled));
        Primary.Revive(Scripts.AnswerAsync("1st."));
        Time.Advance(Idle);
        var probes = await ProbesAsync("destination=primary");
        for (var i = 0; i < 20; i++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal("2nd.", await CallAsync());
        }

        Assert.InRange(await ProbesAsync("destination=primary"), probes, probes + 1);
        Proxy.Control.SetMaintenance(Proxy.Cluster, primary, new(Maintenance.None));

        await IsUpAsync("primary", isUp: true);
        Assert.Equal("1st.", await CallAsync());
    }

    [Theory, ClassData<Engines>]
    public async Task FallIsThree_TheSecondAndThirdLookComeSoon(EngineKind engine)
    {
        await StartAsync(engine, ("Health:Fall", "3"));
        Secondary.StopListening();
        Time.Advance(Idle);
        await ProbedAsync(1, "destination=secondary", "result=refused");
        Assert.Equal(Vocabulary.DestinationStatus.Up, Proxy.Cluster.Find("secondary")!.Condition.State);

        for (var look = 2; look <= 3; look++)
        {
            await TurnUntilAsync(
                () => Proxy.Cluster.Find("secondary")!.Connects.Probes(ProbeMethod.HalfOpen, Vocabulary.ProbeResult.Refused) >= look,
                $"look {look}",
                TimeSpan.FromMilliseconds(20));
        }

        await IsUpAsync("secondary", isUp: false);
    }

    /// <summary>A server that accepts and never answers: the next probe waits for the end of this one.</summary>
    [Theory, ClassData<Engines>]
    public async Task ProbeIsNotAnswered_NoSecondOneBesideIt(EngineKind engine)
    {
        using var primary = TestDestination.Serving("primary", async peer =>
        {
            await peer.ReadAsync(1);
            await peer.ReadToEndAsync();
        });
        await StartAtAsync(engine, Setup(("Health:Probe", "Always"), ("Health:Method", "Ldap")), AddressesOf(primary));
        Time.Advance(Idle);
        await Eventually.TrueAsync(() => primary.Traffic.Connections == 1, "the first probe");
        for (var i = 0; i < 20; i++)
        {
            Time.Advance(Idle);
        }

        Assert.Equal((1, 0), (primary.Traffic.Connections, await ProbesAsync()));

        // The probe is still on its way: it ends here, not in the middle of the truth's check.
        primary.Dispose();
        await IsUpAsync("primary", isUp: false);
    }
}
