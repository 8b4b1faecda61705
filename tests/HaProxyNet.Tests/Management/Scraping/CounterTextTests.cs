using System.Text;
using HaProxyNet.Management.Scraping;

namespace HaProxyNet.Tests.Management.Scraping;

public sealed class CounterTextTests
{
    private const string Scrape = """
        # HELP haproxynet_connections_total Ended.
        # TYPE haproxynet_connections_total counter
        haproxynet_connections_total{outcome="completed"} 3
        haproxynet_connections_total{outcome="client_reset"} 0
        # HELP process_cpu_seconds_total Time.
        # TYPE process_cpu_seconds_total counter
        process_cpu_seconds_total 3
        # HELP haproxynet_connections_active Open.
        # TYPE haproxynet_connections_active gauge
        haproxynet_connections_active 3
        # HELP haproxynet_connect_seconds Times.
        # TYPE haproxynet_connect_seconds histogram
        haproxynet_connect_seconds_sum 1

        """;

    private static readonly byte[] _kept = CounterText.Kept(Encoding.UTF8.GetBytes(Scrape));

    [Fact]
    public void Kept_OfAScrape_OurCountersAndHistogramsGoOn() => Assert.Equal(
        """
        # TYPE haproxynet_connections_total counter
        haproxynet_connections_total{outcome="completed"} 3
        # TYPE haproxynet_connect_seconds histogram
        haproxynet_connect_seconds_sum 1

        """.ReplaceLineEndings("\n"),
        Encoding.UTF8.GetString(CounterText.Read(_kept)));

    [Fact]
    public void Read_Mark_HasNoCounts()
        => Assert.DoesNotContain(
            "haproxynet_", Encoding.UTF8.GetString(CounterText.Read(CounterText.InUse(1, Guid.NewGuid()))), StringComparison.Ordinal);

    [Fact]
    public void Read_CutShortAnywhere_IsRefused() => Assert.All(
        Enumerable.Range(0, _kept.Length), length => Assert.Throws<InvalidDataException>(() => CounterText.Read(_kept[..length])));

    [Fact]
    public void Read_OneByteChangedAnywhere_IsRefused() => Assert.All(Enumerable.Range(0, _kept.Length), place =>
    {
        byte[] changed = [.. _kept];
        changed[place] ^= 1;
        Assert.Throws<InvalidDataException>(() => CounterText.Read(changed));
    });

    [Fact]
    public void Read_NewerVersion_IsNamedAsThat()
    {
        var text = Encoding.UTF8.GetString(_kept).Replace("counters 2\n", "counters 3\n", StringComparison.Ordinal);
        var newer = Encoding.UTF8.GetBytes(text);

        var fault = Assert.Throws<InvalidDataException>(() => CounterText.Read(newer));

        Assert.Contains("another version", fault.Message, StringComparison.Ordinal);
    }
}
