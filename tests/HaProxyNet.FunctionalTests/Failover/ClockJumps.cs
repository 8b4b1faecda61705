using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.FunctionalTests.Failover;

/// <summary>
/// Somebody sets the machine's clock by days, forward and back: no time-out, no hold-down, no failback and no counter may notice.
/// </summary>
public sealed class ClockJumps : Scenario
{
    [Theory, ClassData<Engines>]
    public async Task ClockIsSetByDays_OnlyTimeThatHasPassedCounts(EngineKind engine)
    {
        var time = new SetClock();
        var primary = TestDestination.Echoing("primary");
        var setup = new ProxySetup
        {
            Time = time,
            // The minutes that the test lets pass at once must not end a probe that is under way.
            ConnectTimeout = TimeSpan.FromDays(20),
            IdleTimeout = TimeSpan.FromMinutes(10),
            Cluster = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Failback:Mode"] = "StableFor",
                ["Failback:Sessions"] = "Deadline",
                ["Failback:SessionsDeadline"] = "00:05:00",
            },
        };
        await StartAsync(engine, setup, primary, TestDestination.Echoing("secondary"));
        primary.StopListening();
        Proxy.Report(Proxy.Cluster.Find("primary")!, Evidence.Failed(HealthReason.Refused, TimeSpan.Zero));
        await Eventually.TrueAsync(() => Proxy.Cluster.Find("primary")!.Condition.Failures == 2, "the first probe has found nobody");
        var client = await ConnectAsync();
        await client.SendAsync("hello");
        await client.ExpectAsync("hello");
        primary.Revive(Scripts.EchoAsync);
        Proxy.Report(Proxy.Cluster.Find("primary")!, Evidence.Accepted);

        await StandsAsync(time, TimeSpan.FromSeconds(117), "secondary");
        time.Advance(TimeSpan.FromSeconds(3));
        await Eventually.TrueAsync(() => Proxy.Active == "primary", "it goes back after its two minutes");
        await StandsAsync(time, TimeSpan.FromMinutes(4), "primary");

        Assert.Equal(120, (await Proxy.ScrapeAsync()).Sum("seconds_on_secondary_total"));
        await client.SendAsync("still here");
        await client.ExpectAsync("still here");
        client.FinishSending();
        await client.ExpectFinAsync();
        Assert.Equal("completed", (await Proxy.LineAsync()).Outcome);
    }

    private async Task StandsAsync(SetClock time, TimeSpan passing, string active)
    {
        foreach (var days in new[] { 40, -80, 40 })
        {
            time.Set += TimeSpan.FromDays(days);
            time.Advance(passing / 3);
            Assert.Equal(active, Proxy.Active);
            Assert.Empty(Proxy.Log.Lines);
            Assert.Single(await Proxy.ConnectionsAsync());
        }
    }

    /// <summary>The clock on the wall can be set; the timestamps and the timers go on.</summary>
    private sealed class SetClock : FakeTimeProvider
    {
        public TimeSpan Set { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Set;

        public override long GetTimestamp() => base.GetUtcNow().Ticks;
    }
}
