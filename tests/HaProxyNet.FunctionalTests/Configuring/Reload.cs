using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.FunctionalTests.Configuring;

public sealed class Reload : Scenario
{
    public Reload() => Truth.DestinationsMayChange = true;

    [Theory, ClassData<Engines>]
    public async Task Reload_WhileConnectionsAreOpen_TheyGoOnAndNewOnesFollowTheNewConfiguration(EngineKind engine)
    {
        var old = TestDestination.Echoing("old");
        var next = TestDestination.Echoing("new");
        await StartAsync(engine, old);
        Add(next);
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        await client.ExpectAsync("ping");

        Proxy.Reload(AddressesOf(next));

        Assert.Single(Proxy.Log.Events(EventIds.ConfigurationReloaded));
        await client.SendAsync("more");
        await client.ExpectAsync("more");
        var second = await ConnectAsync();
        await second.SendAsync("ping");
        await second.ExpectAsync("ping");
        Assert.Equal((1, 1), (old.Traffic.Connections, next.Traffic.Connections));
        client.FinishSending();
        await client.ExpectFinAsync();
        await Proxy.LinesAsync(1);
        second.FinishSending();
        await second.ExpectFinAsync();
        Assert.Equal(["old", "new"], (await Proxy.LinesAsync(2)).Select(l => l.Destination));
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("config_reloads_total", "result=success"));
    }

    [Theory, ClassData<Engines>]
    public async Task Reload_RemovesActiveDestination_TheNextIsActive(EngineKind engine)
    {
        var primary = TestDestination.Echoing("primary");
        var secondary = TestDestination.Echoing("secondary");
        await StartAsync(engine, primary, secondary);
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("active_destination", "destination=primary"));

        Proxy.Reload(AddressesOf(secondary));

        var metrics = await Proxy.ScrapeAsync();
        Assert.Equal(1, metrics.Sum("active_destination", "destination=secondary"));
        Assert.Equal(0, metrics.Sum("active_destination", "destination=primary"));

        // Nobody is alerted by the state of what is gone.
        Assert.Empty(metrics.Series("destination_up", "destination=primary"));
        Assert.Empty(metrics.Series("destination_state", "destination=primary"));
        Assert.Equal("secondary", Proxy.Active);
    }

    [Theory, ClassData<Engines>]
    public async Task Reload_SwapsTheOrder_TheFirstIsActive(EngineKind engine)
    {
        var primary = TestDestination.Serving("primary", Scripts.AnswerAsync("1st."));
        var secondary = TestDestination.Serving("secondary", Scripts.AnswerAsync("2nd."));
        await StartAsync(engine, primary, secondary);
        Assert.Equal("1st.", await CallAsync());

        Proxy.Reload(AddressesOf(secondary, primary));

        Assert.Equal("2nd.", await CallAsync());
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("active_destination", "destination=secondary"));
        Assert.Equal(0, (await Proxy.ScrapeAsync()).Sum("active_destination", "destination=primary"));
    }

    [Theory, ClassData<Engines>]
    public async Task Reload_RemovesDestinationThatIsDown_NobodyProbesItAnyMore(EngineKind engine)
    {
        var time = new FakeTimeProvider();
        var primary = TestDestination.Refusing("primary");
        var secondary = TestDestination.Serving("secondary", Scripts.AnswerAsync("2nd."));
        await StartAsync(engine, new ProxySetup { Time = time }, primary, secondary);
        Assert.Equal("2nd.", await CallAsync());
        await Eventually.TrueAsync(async () => (await Proxy.ScrapeAsync()).Sum("probes_total") == 1, () => "the primary is probed");

        Proxy.Reload(AddressesOf(secondary));
        primary.Revive(Scripts.EchoAsync);

        // More than the longest wait between two probes, many times.
        for (var i = 0; i < 20; i++)
        {
            time.Advance(TimeSpan.FromSeconds(2));
            Assert.Equal("2nd.", await CallAsync());
        }

        Assert.Equal(0, primary.Traffic.Connections);
        Assert.Equal("secondary", Proxy.Active);
    }

    [Theory, ClassData<Engines>]
    public async Task Reload_ChangedAddressOfDestinationThatIsDown_IsFoundUp(EngineKind engine)
    {
        var dead = TestDestination.Refusing("primary");
        var alive = TestDestination.Serving("primary", Scripts.AnswerAsync("1st."));
        await StartAsync(engine, new ProxySetup { DownInterval = TimeSpan.FromMilliseconds(50) }, dead);
        Add(alive);
        Assert.Equal("reset", await CallAsync());

        Proxy.Reload(AddressesOf(alive));

        await Eventually.TrueAsync(async () => (await Proxy.ScrapeAsync()).Sum("destination_up") == 1, () => "the primary is up");
        Assert.Equal("1st.", await CallAsync());
    }

    [Theory, ClassData<Engines>]
    public async Task Reload_Faulty_KeepsTheOneBefore(EngineKind engine)
    {
        var primary = TestDestination.Serving("primary", Scripts.AnswerAsync("1st."));
        await StartAsync(engine, primary);

        Proxy.Reload([("primary", "no port here")]);

        Assert.Single(Proxy.Log.Events(EventIds.ConfigurationKept));
        Assert.NotEmpty(Proxy.Log.Events(EventIds.ConfigurationFault));
        Assert.Equal("1st.", await CallAsync());
        var metrics = await Proxy.ScrapeAsync();
        Assert.Equal(1, metrics.Sum("config_reloads_total", "result=failure"));
        Assert.Equal(0, Assert.Single(metrics.Series("config_last_reload_successful")).Value);

        Proxy.Reload(AddressesOf(primary));

        await Eventually.TrueAsync(
            async () => (await Proxy.ScrapeAsync()).Sum("config_last_reload_successful") == 1, () => "the reload is taken over");
    }

    [Theory, ClassData<Engines>]
    public async Task Reload_RemovedDestinationsConnectionEndsLater_IsCountedAndTheGaugeIsZero(EngineKind engine)
    {
        var old = TestDestination.Echoing("old");
        var next = TestDestination.Echoing("new");
        await StartAsync(engine, old);
        Add(next);
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        await client.ExpectAsync("ping");
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("connections_active", "destination=old"));

        Proxy.Reload(AddressesOf(next));
        client.FinishSending();
        await client.ExpectFinAsync();

        await Proxy.LinesAsync(1);
        var metrics = await Proxy.ScrapeAsync();
        Assert.Equal(0, metrics.Sum("connections_active", "destination=old"));
        Assert.Equal(1, metrics.Sum("connections_total", "destination=old", "outcome=completed"));
        Assert.Equal(4, metrics.Sum("bytes_total", "destination=old", "direction=in"));
    }

    /// <summary>What was counted since the last scrape is not forgotten with the destination.</summary>
    [Theory, ClassData<Engines>]
    public async Task Reload_RemovesDestinationBetweenTwoScrapes_WhatItServedIsCounted(EngineKind engine)
    {
        var old = TestDestination.Serving("old", Scripts.AnswerAsync("old."));
        var next = TestDestination.Serving("new", Scripts.AnswerAsync("new."));
        await StartAsync(engine, old);
        Add(next);
        Assert.Equal("old.", await CallAsync());
        await Proxy.LinesAsync(1);

        Proxy.Reload(AddressesOf(next));

        var metrics = await Proxy.ScrapeAsync();
        Assert.Equal(1, metrics.Sum("connections_total", "destination=old", "outcome=completed"));
        Assert.Equal(4, metrics.Sum("bytes_total", "destination=old", "direction=in"));
    }

    /// <summary>A destination that comes back under its old name goes on with its old counters.</summary>
    [Theory, ClassData<Engines>]
    public async Task Reload_RemovesDestinationAndBringsItBack_ItsCountersGoOn(EngineKind engine)
    {
        var old = TestDestination.Serving("old", Scripts.AnswerAsync("old."));
        var next = TestDestination.Serving("new", Scripts.AnswerAsync("new."));
        await StartAsync(engine, old);
        Add(next);
        Assert.Equal("old.", await CallAsync());
        await Proxy.LinesAsync(1);
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("connections_total", "destination=old"));

        Proxy.Reload(AddressesOf(next));
        Proxy.Reload(AddressesOf(old));

        Assert.Equal("old.", await CallAsync());
        await Proxy.LinesAsync(2);
        Assert.Equal(2, (await Proxy.ScrapeAsync()).Sum("connections_total", "destination=old"));
    }
}
