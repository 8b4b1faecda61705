using HaProxyNet.Failover.Operators;
using HaProxyNet.Management.Scraping;

namespace HaProxyNet.Tests.Management.Scraping;

public sealed class CounterFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("haproxynet-");
    private readonly CounterFile _file;

    public CounterFileTests() => _file = new(new StateFile([Path.Combine(_folder.FullName, "state.json")]));

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Kept_OfAScrape_OurCountersAndHistogramsAreKept() => Assert.Equal(
        """
        # TYPE haproxynet_connections_total counter
        haproxynet_connections_total{outcome="completed"} 3
        # TYPE haproxynet_connect_seconds histogram
        haproxynet_connect_seconds_sum 1
        # EOF

        """.ReplaceLineEndings("\n"),
        CounterText.Kept(
            """
            # HELP haproxynet_connections_total Ended.
            # TYPE haproxynet_connections_total counter
            haproxynet_connections_total{outcome="completed"} 3
            # HELP process_cpu_seconds_total Time.
            # TYPE process_cpu_seconds_total counter
            process_cpu_seconds_total 3
            # HELP haproxynet_managed_allocated_bytes_total Bytes.
            # TYPE haproxynet_managed_allocated_bytes_total counter
            haproxynet_managed_allocated_bytes_total 3
            # HELP haproxynet_connections_active Open.
            # TYPE haproxynet_connections_active gauge
            haproxynet_connections_active 3
            # HELP haproxynet_connect_seconds Times.
            # TYPE haproxynet_connect_seconds histogram
            haproxynet_connect_seconds_sum 1

            """.ReplaceLineEndings("\n")));

    /// <summary>Counts that are older than the last scrape would look like a reset.</summary>
    [Fact]
    public void Take_ASecondTime_ThereIsNone()
    {
        _file.Write("x\n# EOF\n");

        Assert.Equal("x\n# EOF\n", _file.Take());
        Assert.Null(_file.Take());
    }

    [Theory]
    [InlineData("")]
    [InlineData("# TYPE haproxynet_connections_total counter\nhaproxynet_connec")]
    public void Take_NotWhole_IsNotUsedAndGone(string content)
    {
        File.WriteAllText(_file.Path!, content);

        Assert.Throws<InvalidDataException>(() => _file.Take());
        Assert.Null(_file.Take());
    }

    [Fact]
    public void Path_NoStateFile_IsNone() => Assert.Null(new CounterFile(new StateFile([])).Path);
}
