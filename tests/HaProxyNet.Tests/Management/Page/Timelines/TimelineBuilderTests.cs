using HaProxyNet.Management.Events;
using HaProxyNet.Management.History.Records;
using HaProxyNet.Management.Page.Timelines;

namespace HaProxyNet.Tests.Management.Page.Timelines;

/// <summary>The active destinations over time, out of records: what is not known is not drawn as if it were.</summary>
public sealed class TimelineBuilderTests
{
    private static readonly DateTimeOffset _from = new(2026, 11, 30, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Build_AFailoverAndAFailback_AreSpansWithoutAGap()
    {
        var line = Line(
            Started(0),
            Minute(0, "primary"),
            Switch(3, "failover", "secondary"),
            Minute(1, "primary"),
            Minute(2, "primary"),
            Minute(3, "secondary"),
            Switch(5, "failback", "primary"),
            Minute(4, "secondary"),
            Minute(5, "primary"));

        Assert.Equal(["0-3 primary", "3-5 secondary", "5-60 primary"], line.Spans.Select(Text));
    }

    [Fact]
    public void Build_TheProxyWasStoppedForAWhile_ThatIsSaid()
    {
        var line = Line(Started(0), Minute(0, "primary"), Minute(1, "primary"), Stopped(2), Started(10), Minute(10, "primary"));

        Assert.Equal(["0-2 primary", "2-10 off", "10-60 primary"], line.Spans.Select(Text));
    }

    /// <summary>A killed process leaves no word: its last minute is the last that is known.</summary>
    [Fact]
    public void Build_TheProxyWasKilled_TheTimeUntilTheNextStartIsUnknown()
    {
        var line = Line(Started(0), Minute(0, "primary"), Minute(1, "primary"), Started(10), Minute(10, "primary"));

        Assert.Equal(["0-2 primary", "2-10 off", "10-60 primary"], line.Spans.Select(Text));
    }

    [Fact]
    public void Build_AllDown_IsASpanOfNone()
        => Assert.Equal(
            ["0-3 primary", "3-4 none", "4-60 secondary"],
            Line(
                Started(0),
                Minute(0, "primary"),
                Switch(3, "all_down", null),
                Switch(4, "failback", "secondary"),
                Minute(4, "secondary")).Spans
                .Select(Text));

    /// <summary>The first change says what was before; until something does, nothing is known.</summary>
    [Fact]
    public void Build_AFailoverBeforeTheFirstMinute_SaysWhatWasActiveBefore()
    {
        var failover = Switch(1, "failover", "secondary");
        failover = failover with { Event = failover.Event! with { Facts = new Dictionary<string, string> { ["from"] = "primary" } } };

        Assert.Equal(["0-1 primary", "1-60 secondary"], Line(Started(0), failover, Minute(0, "secondary")).Spans.Select(Text));
    }

    [Fact]
    public void Build_TheClockWentBack_NoSpanEndsBeforeItBegins()
    {
        var line = Line(
            Started(30),
            Minute(30, "primary"),
            Switch(31, "failover", "secondary"),
            Switch(5, "failback", "primary"),
            Minute(5, "primary"),
            Switch(6, "failover", "secondary"));

        Assert.All(line.Spans, span => Assert.True(span.To > span.From));
    }

    [Fact]
    public void Build_Minutes_AreCountedInTheirPart()
    {
        var minute = new ClusterMinute("c")
        {
            Active = "primary",
            Ended = new Dictionary<string, long> { ["completed"] = 7, ["destination_reset"] = 2 },
            Destinations = [new("primary") { Wait = [100, 200, 3000] }],
        };
        var line = Line(Started(0), new HistoryRecord(2, _from.AddMinutes(30)) { Minute = minute });

        var bucket = Assert.Single(line.Buckets, b => b.Connections > 0);
        Assert.Equal(new TimeBucket(9, 2, 3), bucket);
        Assert.Equal(60, line.Buckets.Count);
        Assert.Same(bucket, line.Buckets[30]);
    }

    /// <summary>A proxy that was installed half an hour ago does not draw a day of nothing.</summary>
    [Fact]
    public void Build_TheHistoryIsYoung_BeginsWithIt()
    {
        var timeline = TimelineBuilder.Build(new(_from.AddDays(-1), _from.AddMinutes(30), [Started(0)]));

        Assert.Equal(_from, timeline.From);
    }

    private static ClusterLine Line(params HistoryRecord[] records)
        => Assert.Single(
            TimelineBuilder.Build(new(_from, _from.AddHours(1), [.. records.Select((r, i) => r with { Seq = i + 1 })])).Clusters);

    private static HistoryRecord Minute(int at, string? active)
        => new(0, _from.AddMinutes(at)) { Minute = new("c") { Active = active, Destinations = [new("primary")] } };

    private static HistoryRecord Switch(int at, string kind, string? to) => Event(at, kind, "c", to);

    private static HistoryRecord Started(int at) => Event(at, EventKinds.ProxyStarted, null, null);

    private static HistoryRecord Stopped(int at) => Event(at, EventKinds.ProxyStopped, null, null);

    private static HistoryRecord Event(int at, string kind, string? cluster, string? to)
        => new(0, _from.AddMinutes(at)) { Event = new(_from.AddMinutes(at), kind, cluster, to, null, kind) };

    private static string Text(ActiveSpan span)
        => $"{(span.From - _from).TotalMinutes:0}-{(span.To - _from).TotalMinutes:0} {(span.Runs ? span.Active ?? "none" : "off")}";
}
