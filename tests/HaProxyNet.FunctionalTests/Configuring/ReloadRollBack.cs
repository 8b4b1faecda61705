using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Listening;
using HaProxyNet.Reloading;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.DependencyInjection;

namespace HaProxyNet.FunctionalTests.Configuring;

/// <summary>A part that throws while it is put into service: everything that was before is in service again.</summary>
public sealed class ReloadRollBack : Scenario
{
    public ReloadRollBack() => (Truth.DestinationsMayChange, Truth.ApplicationMayFail) = (true, true);

    [Theory, ClassData<Engines>]
    public async Task CommitThrows_TheConfigurationBeforeServesOn(EngineKind engine)
    {
        var broken = new BrokenPart();
        var old = TestDestination.Serving("old", Scripts.AnswerAsync("old."));
        var next = TestDestination.Serving("next", Scripts.AnswerAsync("new."));
        await StartAsync(engine, new ProxySetup { Services = services => services.AddSingleton<IReloadPart>(broken) }, old);
        Add(next);
        var before = Proxy.Address;

        Proxy.Reload(
            AddressesOf(next),
            setup => setup with { AllowedClients = ["192.0.2.0/24"], SecondCluster = [("second", next.Address.ToString())] });

        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.ConfigurationKept).Count == 1, "the reload is refused");
        Assert.Equal("old.", await CallAsync());
        Assert.Equal(["old"], Proxy.Cluster.Plan.Destinations.Select(d => d.Name));
        Assert.Equal((before, 1), (Proxy.Listener.BoundAddress, Proxy.Service<ListenerDirectory>().All.Count));
        Assert.Contains(
            "the reload was cut short",
            Assert.Single(Proxy.Service<ConfigurationInForce>().LastReload!.Faults).Problem,
            StringComparison.Ordinal);
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("internal_faults_total", "place=reload"));

        broken.IsWhole = true;
        Proxy.Reload(AddressesOf(next));

        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.ConfigurationReloaded).Count == 1, "the next reload is done");
        Assert.Equal("new.", await CallAsync());
    }

    /// <summary>As the process before an upgrade, which has let go of all that a reload changes.</summary>
    [Theory, ClassData<Engines>]
    public async Task AskedWhileAnotherProcessTakesOver_SaysWhomToAsk(EngineKind engine)
    {
        await StartAsync(engine, TestDestination.Serving("old", Scripts.AnswerAsync("old.")));
        var reloader = Proxy.Service<ConfigurationReloader>();
        var turn = await reloader.HoldAsync();
        var asked = reloader.ReloadAsync();

        await reloader.EndAsync(heir: 4711);
        turn.Dispose();

        Assert.Contains("process 4711 has taken over", Assert.Single((await asked).Faults).Problem, StringComparison.Ordinal);
        Assert.Contains(
            "process 4711 has taken over", Assert.Single((await reloader.ReloadAsync()).Faults).Problem, StringComparison.Ordinal);
        Assert.Empty(Proxy.Log.Events(EventIds.ConfigurationKept));
    }

    private sealed class BrokenPart : IReloadPart, IPreparedPart
    {
        public bool IsWhole { get; set; }

        public Task<IPreparedPart> PrepareAsync(ProxyOptions next, ICollection<ConfigurationFault> faults)
            => Task.FromResult<IPreparedPart>(this);

        public Task CommitAsync() => IsWhole ? Task.CompletedTask : throw new InvalidOperationException("made for a test");

        public Task GiveUpAsync() => Task.CompletedTask;

        public Task RollBackAsync() => Task.CompletedTask;

        public Task RetireAsync() => Task.CompletedTask;
    }
}
