using HaProxyNet.Control.Documents;
using HaProxyNet.Management.History.Records;
using HaProxyNet.Management.Page.Timelines;

namespace HaProxyNet.Tests.Management.Page.Timelines;

/// <summary>A page that is open before the history has written must not wait a minute for its time line.</summary>
public sealed class TimelineLagTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void IsBehind_NothingIsWrittenYet_Yes() => Assert.True(IsBehind(newest: null));

    [Fact]
    public void IsBehind_OnlyTheStartIsWritten_Yes() => Assert.True(IsBehind(newest: null, Of(Event(5, "proxy_started", cluster: null))));

    [Fact]
    public void IsBehind_EachClusterHasItsMinute_No() => Assert.False(IsBehind(newest: null, Minute("PAIR")));

    [Fact]
    public void IsBehind_AClusterCameByReload_Yes()
        => Assert.True(TimelineLag.IsBehind(History(Minute("pair")), ["pair", "other"], newest: null));

    [Fact]
    public void IsBehind_TheNewestEventIsNotWritten_Yes()
        => Assert.True(IsBehind(Event(1, "failover"), Minute("pair"), Of(Event(20, "failover"))));

    [Fact]
    public void IsBehind_TheNewestEventIsWritten_No()
        => Assert.False(IsBehind(Event(1, "failover"), Minute("pair"), Of(Event(1, "failover"))));

    /// <summary>An event that the history lost would have it read again each second.</summary>
    [Fact]
    public void IsBehind_TheNewestEventWasLost_NotAfterAMinute() => Assert.False(IsBehind(Event(61, "failover"), Minute("pair")));

    private static bool IsBehind(StateEvent? newest, params HistoryRecord[] records)
        => TimelineLag.IsBehind(History(records), ["pair"], newest);

    private static HistoryDocument History(params HistoryRecord[] records) => new(_now.AddDays(-1), _now, records);

    private static HistoryRecord Minute(string cluster)
        => new(1, _now.AddSeconds(-30)) { Minute = new ClusterMinute(cluster) { Active = "primary" } };

    private static HistoryRecord Of(StateEvent happened) => new(2, happened.At) { Event = happened };

    private static StateEvent Event(int secondsAgo, string kind, string? cluster = "pair")
        => new(_now.AddSeconds(-secondsAgo), kind, cluster, Destination: null, Reason: null, kind);
}
