using System.Text;
using HaProxyNet.Failover.Operators;
using HaProxyNet.Management.Scraping;

namespace HaProxyNet.Tests.Management.Scraping;

public sealed class CounterFileTests : IDisposable
{
    private static readonly byte[] _scrape =
        "# HELP haproxynet_x_total X.\n# TYPE haproxynet_x_total counter\nhaproxynet_x_total 3\n"u8.ToArray();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("haproxynet-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Read_AfterAnOrderlyEnd_HasTheCounts()
    {
        var file = NewFile();
        file.Mark();

        Assert.True(file.TryWrite(_scrape));
        Assert.Equal("# TYPE haproxynet_x_total counter\nhaproxynet_x_total 3\n", Encoding.UTF8.GetString(NewFile().Read()!));
    }

    /// <summary>A process that is killed leaves its mark: counts from before its start are older than what was scraped.</summary>
    [Fact]
    public void Read_AfterAProcessThatWasKilled_HasNoCounts()
    {
        var first = NewFile();
        first.Mark();
        first.TryWrite(_scrape);
        NewFile().Mark();

        Assert.DoesNotContain("haproxynet_", Encoding.UTF8.GetString(NewFile().Read()!), StringComparison.Ordinal);
    }

    /// <summary>Prometheus has seen what the second one counts; the counts of the first one would come on top.</summary>
    [Fact]
    public void TryWrite_AnotherProcessWasStartedMeanwhile_IsLeftToThat()
    {
        var (first, second) = (NewFile(), NewFile());
        first.Mark();
        second.Mark();

        Assert.False(first.TryWrite(_scrape));
        Assert.True(second.TryWrite(_scrape));
    }

    /// <summary>The disk was full when it started, and has room now.</summary>
    [Fact]
    public void TryWrite_NothingIsThere_Writes() => Assert.True(NewFile().TryWrite(_scrape));

    [Fact]
    public void Path_TwoStateFilesInOneFolder_EachHasItsOwn()
        => Assert.NotEqual(NewFile("a.json").Path, NewFile("b.json").Path);

    [Fact]
    public void Path_NoStateFile_IsNone() => Assert.Null(new CounterFile(new StateFile([])).Path);

    private CounterFile NewFile(string state = "state.json") => new(new StateFile([Path.Combine(_folder.FullName, state)]));
}
