using System.Text;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Tests.Telemetry;

public sealed class InheritedCountersTests
{
    private const string Before = """
        # HELP haproxynet_connections_total Ended.
        # TYPE haproxynet_connections_total counter
        haproxynet_connections_total{destination="primary"} 40
        haproxynet_connections_total{destination="gone"} 2
        # HELP haproxynet_connections_active Open.
        # TYPE haproxynet_connections_active gauge
        haproxynet_connections_active{destination="primary"} 9
        # HELP haproxynet_connect_seconds Times.
        # TYPE haproxynet_connect_seconds histogram
        haproxynet_connect_seconds_sum 1.5
        haproxynet_connect_seconds_count 3
        haproxynet_connect_seconds_bucket{le="+Inf"} 3

        """;

    private const string Own = """
        # HELP haproxynet_connections_total Ended.
        # TYPE haproxynet_connections_total counter
        haproxynet_connections_total{destination="primary"} 1
        # HELP haproxynet_connections_active Open.
        # TYPE haproxynet_connections_active gauge
        haproxynet_connections_active{destination="primary"} 5
        # HELP haproxynet_connect_seconds Times.
        # TYPE haproxynet_connect_seconds histogram
        haproxynet_connect_seconds_sum 0.25
        haproxynet_connect_seconds_count 1
        haproxynet_connect_seconds_bucket{le="+Inf"} 1

        """;

    [Fact]
    public void AddTo_CountersAndHistograms_AreSums_GaugesAreNot()
    {
        var counters = new InheritedCounters();
        counters.Set(Encoding.UTF8.GetBytes(Before));

        var lines = counters.AddTo(Own).Split('\n');

        Assert.Contains("haproxynet_connections_total{destination=\"primary\"} 41", lines);
        Assert.Contains("haproxynet_connections_active{destination=\"primary\"} 5", lines);
        Assert.Contains("haproxynet_connect_seconds_sum 1.75", lines);
        Assert.Contains("haproxynet_connect_seconds_count 4", lines);
        Assert.Contains("haproxynet_connect_seconds_bucket{le=\"+Inf\"} 4", lines);
    }

    [Fact]
    public void AddTo_SeriesThatOnlyTheProcessBeforeHad_StaysInItsFamily()
    {
        var counters = new InheritedCounters();
        counters.Set(Encoding.UTF8.GetBytes(Before));

        var lines = counters.AddTo(Own).Split('\n').ToList();

        var at = lines.IndexOf("haproxynet_connections_total{destination=\"gone\"} 2");
        Assert.True(at > 0 && lines[at + 1] == "# HELP haproxynet_connections_active Open.", string.Join('\n', lines));
    }

    [Fact]
    public void Set_Twice_TheLastTextCounts()
    {
        var counters = new InheritedCounters();
        counters.Set(Encoding.UTF8.GetBytes(Before));
        counters.Set(Encoding.UTF8.GetBytes(Before.Replace(" 40", " 50", StringComparison.Ordinal)));

        Assert.Contains("haproxynet_connections_total{destination=\"primary\"} 51", counters.AddTo(Own).Split('\n'));
    }

    [Fact]
    public void IsEmpty_NoProcessBefore_IsTrue() => Assert.True(new InheritedCounters().IsEmpty);
}
