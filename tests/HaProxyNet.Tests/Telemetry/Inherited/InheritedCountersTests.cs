using System.Text;
using HaProxyNet.Telemetry.Inherited;

namespace HaProxyNet.Tests.Telemetry.Inherited;

public sealed class InheritedCountersTests
{
    private const string Before = """
        # HELP haproxynet_connections_total Ended.
        # TYPE haproxynet_connections_total counter
        haproxynet_connections_total{listener="l",cluster="c",destination="primary"} 40
        haproxynet_connections_total{listener="l",cluster="c",destination="gone"} 2
        # HELP haproxynet_connections_active Open.
        # TYPE haproxynet_connections_active gauge
        haproxynet_connections_active{listener="l",cluster="c",destination="primary"} 9
        # HELP haproxynet_connect_seconds Times.
        # TYPE haproxynet_connect_seconds histogram
        haproxynet_connect_seconds_sum{cluster="c",destination="primary"} 1.5
        haproxynet_connect_seconds_count{cluster="c",destination="primary"} 3
        haproxynet_connect_seconds_bucket{cluster="c",destination="primary",le="+Inf"} 3
        # HELP haproxynet_notifications_total Messages.
        # TYPE haproxynet_notifications_total counter
        haproxynet_notifications_total{webhook="gone"} 4
        # HELP process_cpu_seconds_total Time.
        # TYPE process_cpu_seconds_total counter
        process_cpu_seconds_total 7
        # HELP haproxynet_managed_allocated_bytes_total Bytes allocated since the start.
        # TYPE haproxynet_managed_allocated_bytes_total counter
        haproxynet_managed_allocated_bytes_total 7

        """;

    private const string Own = """
        # HELP haproxynet_connections_total Ended.
        # TYPE haproxynet_connections_total counter
        haproxynet_connections_total{listener="l",cluster="c",destination="primary"} 1
        haproxynet_connections_total{listener="l",cluster="c",destination="new"} 6
        # HELP haproxynet_connections_active Open.
        # TYPE haproxynet_connections_active gauge
        haproxynet_connections_active{listener="l",cluster="c",destination="primary"} 5
        # HELP haproxynet_connect_seconds Times.
        # TYPE haproxynet_connect_seconds histogram
        haproxynet_connect_seconds_sum{cluster="c",destination="primary"} 0.25
        haproxynet_connect_seconds_count{cluster="c",destination="primary"} 1
        haproxynet_connect_seconds_bucket{cluster="c",destination="primary",le="+Inf"} 1
        # HELP haproxynet_notifications_total Messages.
        # TYPE haproxynet_notifications_total counter
        # HELP process_cpu_seconds_total Time.
        # TYPE process_cpu_seconds_total counter
        process_cpu_seconds_total 1
        # HELP haproxynet_managed_allocated_bytes_total Bytes allocated since the start.
        # TYPE haproxynet_managed_allocated_bytes_total counter
        haproxynet_managed_allocated_bytes_total 1

        """;

    private readonly InheritedCounters _counters = new();

    private readonly HashSet<SeriesOwner> _shown =
        [SeriesOwner.OfListener("l"), SeriesOwner.OfCluster("c"), SeriesOwner.OfDestination("c", "primary")];

    public InheritedCountersTests() => _counters.Set(Encoding.UTF8.GetBytes(Before));

    [Fact]
    public void WriteSum_CountersAndHistograms_AreSums_GaugesAreNot()
    {
        var lines = Sum();

        Assert.Contains("haproxynet_connections_total{listener=\"l\",cluster=\"c\",destination=\"primary\"} 41", lines);
        Assert.Contains("haproxynet_connections_total{listener=\"l\",cluster=\"c\",destination=\"new\"} 6", lines);
        Assert.Contains("haproxynet_connections_active{listener=\"l\",cluster=\"c\",destination=\"primary\"} 5", lines);
        Assert.Contains("haproxynet_connect_seconds_sum{cluster=\"c\",destination=\"primary\"} 1.75", lines);
        Assert.Contains("haproxynet_connect_seconds_count{cluster=\"c\",destination=\"primary\"} 4", lines);
        Assert.Contains("haproxynet_connect_seconds_bucket{cluster=\"c\",destination=\"primary\",le=\"+Inf\"} 4", lines);
    }

    /// <summary>They say themselves since when they count.</summary>
    [Fact]
    public void WriteSum_CountsOfTheProcessItself_AreItsOwn()
    {
        var lines = Sum();

        Assert.Contains("process_cpu_seconds_total 1", lines);
        Assert.Contains("haproxynet_managed_allocated_bytes_total 1", lines);
    }

    [Fact]
    public void WriteSum_OnlyTheProcessBeforeHadIt_AndItsOwnersAreShown_StaysInItsFamily()
    {
        _shown.Add(SeriesOwner.OfDestination("c", "gone"));

        var lines = Sum();

        var at = lines.IndexOf("haproxynet_connections_total{listener=\"l\",cluster=\"c\",destination=\"gone\"} 2");
        Assert.True(at > 0 && lines[at + 1] == "# HELP haproxynet_connections_active Open.", string.Join('\n', lines));
    }

    [Fact]
    public void WriteSum_ItsOwnersAreNoLongerShown_IsLeftOut()
        => Assert.DoesNotContain(Sum(), line => line.Contains("gone", StringComparison.Ordinal));

    [Fact]
    public void WriteSum_ASecondScrape_IsTheSame() => Assert.Equal(Sum(), Sum());

    [Fact]
    public void Set_Twice_TheLastTextCounts()
    {
        _counters.Set(Encoding.UTF8.GetBytes(Before.Replace(" 40", " 50", StringComparison.Ordinal)));

        Assert.Contains("haproxynet_connections_total{listener=\"l\",cluster=\"c\",destination=\"primary\"} 51", Sum());
    }

    [Fact]
    public void Set_Nothing_IsEmptyAgain()
    {
        _counters.Set([]);

        Assert.True(_counters.IsEmpty);
        Assert.Equal(Own, string.Join('\n', Sum()));
    }

    private List<string> Sum()
    {
        using var sum = new MemoryStream();
        _counters.WriteSum(Encoding.UTF8.GetBytes(Own), _shown, sum);
        return [.. Encoding.UTF8.GetString(sum.ToArray()).Split('\n')];
    }
}
