using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Health.Methods;

namespace HaProxyNet.FunctionalTests.Probing;

/// <summary>Ten minutes of the proxy's clock before a healthy pair: the agents accept what clients sent, and nothing else.</summary>
public sealed class NonInterference : ProbingScenario
{
    private static readonly TimeSpan _tenMinutes = TimeSpan.FromMinutes(10);

    [Theory, ClassData<Engines>]
    public async Task Idle_BothAreProvenAgainAndAgain_AndAcceptNothing(EngineKind engine)
    {
        Assert.SkipUnless(HalfOpenProbe.IsPossible, "half-open probes need Linux");
        await StartAsync(engine);
        var rounds = (int)(_tenMinutes / Idle);
        for (var round = 1; round <= rounds; round++)
        {
            Time.Advance(Idle);
            await ProbedAsync(round, "destination=primary", "method=half_open", "result=success");
            await ProbedAsync(round, "destination=secondary", "method=half_open", "result=success");
        }

        Assert.Equal(2 * rounds, await ProbesAsync());
        var metrics = await Proxy.ScrapeAsync();
        Assert.All(
            metrics.Series("destination_last_proven_timestamp_seconds"),
            s => Assert.Equal(Time.GetUtcNow().ToUnixTimeSeconds(), s.Value, tolerance: 1.0));
        Assert.Equal(0, metrics.Sum("failovers_total"));
        await NothingWasAcceptedAsync(0);
    }

    [Theory, ClassData<Engines>]
    public async Task Busy_TheOneThatServesIsNotProbedOnce(EngineKind engine)
    {
        await StartAsync(engine);
        var between = TimeSpan.FromSeconds(10);
        var calls = (int)(_tenMinutes / between);
        for (var call = 0; call < calls; call++)
        {
            Assert.Equal("1st.", await CallAsync());
            Time.Advance(between);
        }

        Assert.Equal(0, await ProbesAsync("destination=primary"));
        Assert.NotEqual(0, await ProbesAsync("destination=secondary"));
        await NothingWasAcceptedAsync(calls);
    }

    [Theory, ClassData<Engines>]
    public async Task BusyAndAlways_ProbedAllTheSameAndNotSeen(EngineKind engine)
    {
        Assert.SkipUnless(HalfOpenProbe.IsPossible, "half-open probes need Linux");
        await StartAsync(engine, ("Health:Probe", "Always"));
        for (var call = 1; call <= 20; call++)
        {
            Assert.Equal("1st.", await CallAsync());
            Time.Advance(Idle);
            await ProbedAsync(call, "destination=primary", "result=success");
        }

        await NothingWasAcceptedAsync(20);
    }

    [Theory, ClassData<Engines>]
    public async Task TrafficStops_TheProbesBegin_AndEndWithIt(EngineKind engine)
    {
        await StartAsync(engine);
        Assert.Equal("1st.", await CallAsync());
        Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("1st.", await CallAsync());
        Assert.Equal(0, await ProbesAsync("destination=primary"));

        Time.Advance(Idle);
        await ProbedAsync(1, "destination=primary");
        Assert.Equal("1st.", await CallAsync());
        Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("1st.", await CallAsync());
        Assert.Equal(1, await ProbesAsync("destination=primary"));
    }

    /// <summary>What a destination has accepted is told after it by a last client, who comes behind everything else.</summary>
    private async Task NothingWasAcceptedAsync(int calls)
    {
        Proxy.Control.Switch(Proxy.Cluster, Proxy.Cluster.Find("secondary")!);
        Assert.Equal("2nd.", await CallAsync());
        Proxy.Control.FailBack(Proxy.Cluster);
        Assert.Equal("1st.", await CallAsync());
        Assert.Equal((calls + 1, 1), (Primary.Traffic.Connections, Secondary.Traffic.Connections));
    }
}
