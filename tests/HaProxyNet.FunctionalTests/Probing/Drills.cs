using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.FunctionalTests.Probing;

/// <summary>The clock begins at midnight.</summary>
public sealed class Drills : ProbingScenario
{
    private static readonly TimeSpan _untilDrill = TimeSpan.FromHours(3.5);

    [Theory, ClassData<Engines>]
    public async Task StandbyServes_IsProvenOnceADayAndTheActiveOneIsNotAsked(EngineKind engine)
    {
        await StartAsync(engine, ("Health:Probe", "Never"), ("Health:Drill:At", "03:30"));
        Time.Advance(_untilDrill - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await ProbesAsync());

        for (var day = 1; day <= 3; day++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.StandbyProven).Count == day, $"drill {day}");
            Time.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        }

        var metrics = await Proxy.ScrapeAsync();
        Assert.Equal((3, 3), (metrics.Sum("drills_total"), metrics.Sum("drills_total", "destination=secondary", "result=success")));
        Assert.Equal((3, 3), (await ProbesAsync(), await ProbesAsync("destination=secondary")));
        Assert.Empty(metrics.Series("destination_last_proven_timestamp_seconds", "destination=primary"));
        Assert.Single(metrics.Series("destination_last_proven_timestamp_seconds", "destination=secondary"));
    }

    [Theory, ClassData<Engines>]
    public async Task StandbyIsDead_IsToldAndNeverTakesItOutForGood(EngineKind engine)
    {
        await StartAsync(engine, ("Health:Probe", "Never"), ("Health:Drill:At", "03:30"), ("Health:Drill:Method", "Connect"));
        Secondary.StopListening();

        Time.Advance(_untilDrill);
        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.StandbyNotProven).Count == 1, "the drill has failed");

        var told = Proxy.Log.Events(EventIds.StandbyNotProven)[0];
        Assert.Equal((LogLevel.Warning, "secondary", "refused"), (told.Level, told.Field("Destination"), told.Field("Reason")));
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("drills_total", "destination=secondary", "result=refused"));
        Assert.Equal(1, await ProbesAsync("destination=secondary", "method=connect", "result=refused"));
        Assert.Equal(Vocabulary.DestinationStatus.Up, Proxy.Cluster.Find("secondary")!.Condition.State);
    }

    /// <summary>Where somebody watches, a drill that fails is evidence like any other.</summary>
    [Theory, ClassData<Engines>]
    public async Task StandbyIsDeadAndWatchedWhenDown_IsDown(EngineKind engine)
    {
        await StartAsync(engine, ("Health:Probe", "WhenDown"), ("Health:Drill:At", "03:30"));
        Secondary.StopListening();

        Time.Advance(_untilDrill);
        await IsUpAsync("secondary", isUp: false);
        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.StandbyNotProven).Count == 1, "the drill has failed");

        Secondary.Revive(Scripts.AnswerAsync("2nd."));
        await IsUpAsync("secondary", isUp: true);
    }

    [Theory, ClassData<Engines>]
    public async Task StandbyIsProbedAlready_ItsDrillHasFailed(EngineKind engine)
    {
        await StartAsync(engine, ("Health:Probe", "WhenIdleOrDown"), ("Health:Drill:At", "03:30"));
        Secondary.StopListening();
        Time.Advance(Idle);
        await IsUpAsync("secondary", isUp: false);

        Time.Advance(_untilDrill);

        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.StandbyNotProven).Count == 1, "the drill has failed");
    }
}
