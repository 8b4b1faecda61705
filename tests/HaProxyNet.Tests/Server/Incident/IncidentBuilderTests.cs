using HaProxyNet.Management.Events;
using HaProxyNet.Management.History.Records;
using HaProxyNet.Server.Incident;
using HaProxyNet.Telemetry.Troubles;

namespace HaProxyNet.Tests.Server.Incident;

/// <summary>The report says what the history says, in words; what is not known is not told.</summary>
public sealed class IncidentBuilderTests
{
    private static readonly DateTimeOffset _from = new(2026, 11, 30, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Build_AQuietNight_SaysSo()
    {
        var report = Build(Minute(0, 100, []));

        Assert.Equal(["No destination went down in this time.", "No connection has an unknown outcome."], report.Summary);
        Assert.Equal(("before", 100L), (Assert.Single(report.Phases).Name, report.Phases[0].Connections));
        Assert.Empty(report.Advice);
    }

    [Fact]
    public void Build_AFailover_TellsItAndDividesTheTime()
    {
        var report = Build(
            Minute(0, 10, []),
            Event(5, "destination_down", "primary", "refused", ("address", "iqs1:5050")),
            Event(5, "failover", "secondary", "refused", ("from", "primary")),
            Minute(5, 20, [("no_destination", 2)], longestWait: 400_000),
            Event(9, "destination_up", "primary", "connected", ("address", "iqs1:5050")),
            Event(9, "failback", "primary", "connected", ("from", "secondary")),
            Minute(12, 30, []));

        Assert.Equal(
            [
                "c/primary (iqs1:5050) went down: it refuses connections (nothing listens on its port).",
                "New connections of c went to secondary instead of primary, because primary refuses connections (nothing listens on its "
                    + "port).",
                "c/primary (iqs1:5050) was up again: it accepts connections.",
                "New connections of c went back from secondary to primary, because primary accepts again.",
            ],
            report.Story.Select(s => s.Sentence));
        Assert.Equal(
            [("before", 10L, 0L), ("in", 22L, 2L), ("after", 30L, 0L)],
            report.Phases.Select(p => (p.Name, p.Connections, p.NotInOrder.Values.Sum())));
        Assert.Equal(400, report.Phases[1].LongestWaitMs);
        Assert.Contains(report.Advice, a => a.Setting.Contains("HedgeAfter", StringComparison.Ordinal));
    }

    [Fact]
    public void Build_TheProxyWasKilled_IsTold()
    {
        var report = Build(Started(0), Minute(0, 1, []), Started(3));

        Assert.Equal("The proxy started, version 1.", report.Story[0].Sentence);
        Assert.Contains("had not stopped in order", report.Story[1].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_TheProxyWasStopped_IsNoAccident()
        => Assert.DoesNotContain(
            "had not stopped", Build(Started(0), Event(1, EventKinds.ProxyStopped, null, null), Started(3)).Story[2].Sentence,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("failed_back", "Clusters.c.Failback.Sessions")]
    [InlineData("destination_down", "Clusters.c.WhenDown.Sessions")]
    [InlineData("drain_deadline", "ShutdownTimeout")]
    [InlineData("idle_timeout", "Clusters.c.IdleTimeout")]
    public void Build_ConnectionsWereEnded_AdvisesTheSettingThatEndsThem(string outcome, string setting)
        => Assert.Contains(setting, Assert.Single(Build(Minute(0, 1, [(outcome, 1)])).Advice).Setting, StringComparison.Ordinal);

    [Fact]
    public void Build_SeveralClustersWouldGainByASetting_TheReaderChooses()
    {
        var one = Minute(0, 1, [("failed_back", 1)]);
        var other = one with { Minute = one.Minute! with { Cluster = "other" } };

        Assert.StartsWith(
            "Clusters.NAME.Failback.Sessions", Assert.Single(Build(one, other).Advice).Setting, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_ItFlapped_AdvisesAStableTime()
        => Assert.Contains(
            "StableFor",
            Build([.. Enumerable.Range(0, 4)
                .Select(i => Event(i, "failover", "secondary", "refused", ("from", "primary")))]).Advice[0].Setting,
            StringComparison.Ordinal);

    [Fact]
    public void Build_Attempts_AreEvidenceWithTheSystemsWord()
    {
        var attempt = new FailedAttempt(_from, "c", "primary", "iqs1:5050", "refused", 3);
        var report = Build(
            new(1, _from) { Attempt = attempt },
            new(2, _from) { Attempt = attempt with { TookMs = 7 } },
            new(3, _from) { Attempt = attempt with { IsProbe = true } });

        Assert.Equal(
            [("connects for clients", "ECONNREFUSED", 2, 7d), ("probes", "ECONNREFUSED", 1, 3d)],
            report.Evidence.Select(e => (e.By, e.Errno, e.Count, e.LongestMs)));
    }

    /// <summary>What a peer calls itself must not become a part of the document.</summary>
    [Fact]
    public void Write_ANameIsHostile_StaysText()
    {
        var hostile = new TroubledConnection(_from, "<script>|x", "l", "c", "d", "destination_reset", 1, 0, 0, 0) { IsUnknown = true };
        var report = Build(new HistoryRecord(1, _from) { Connection = hostile });

        Assert.DoesNotContain("<script", HtmlReport.Write(report), StringComparison.Ordinal);
        Assert.Contains("&lt;script>\\|x", MarkdownReport.Write(report), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2h", "2026-11-30T00:00:00Z")]
    [InlineData("00:30:00", "2026-11-30T01:30:00Z")]
    [InlineData("2026-11-29T23:00:00+01:00", "2026-11-29T22:00:00Z")]
    [InlineData("2026-11-29 23:00", "2026-11-29T23:00:00Z")]
    [InlineData("yesterday", null)]
    public void Read_ATime(string text, string? expected)
        => Assert.Equal(
            expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
            TimeArgument.Read(text, _from));

    private static IncidentReport Build(params HistoryRecord[] records)
        => IncidentBuilder.Build(new(_from, _from.AddHours(1), [.. records.Select((r, i) => r with { Seq = i + 1 })]));

    private static HistoryRecord Started(int at) => Event(at, EventKinds.ProxyStarted, null, "1");

    private static HistoryRecord Event(int at, string kind, string? destination, string? reason, params (string Name, string Value)[] facts)
        => new(0, _from.AddMinutes(at))
        {
            Event = new(_from.AddMinutes(at), kind, destination is null ? null : "c", destination, reason, kind)
            {
                Facts = facts.ToDictionary(f => f.Name, f => f.Value),
            },
        };

    private static HistoryRecord Minute(int at, long completed, (string Outcome, long Count)[] others, long? longestWait = null)
        => new(0, _from.AddMinutes(at))
        {
            Minute = new ClusterMinute("c")
            {
                Active = "primary",
                Ended = others.Append(("completed", completed)).ToDictionary(o => o.Item1, o => o.Item2),
                Destinations = [new("primary") { Wait = longestWait is { } wait ? [100, 200, wait] : null }],
            },
        };
}
