using System.Globalization;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.FuzzTests.Configurations;

namespace HaProxyNet.Tests.Configuration;

/// <summary>
/// Files that nearly are configurations, read as <c>check</c> reads them and saved over a running proxy: no exception, no end, every fault
/// placed. <c>HAPROXYNET_FUZZ_FILES=100000</c> makes it long; the program HaProxyNet.FuzzTests runs each half alone.
/// </summary>
public sealed class FuzzedFilesTests
{
    private const int Seed = 20261130;

    private static long Files(long few) => long.TryParse(
        Environment.GetEnvironmentVariable("HAPROXYNET_FUZZ_FILES"), CultureInfo.InvariantCulture, out var files) ? files : few;

    [Fact]
    public void Check_ReadsEveryFile() => Assert.Null(ConfigurationRun.Find(Files(few: 1000), Seed));

    [Fact]
    public async Task Reload_NeverEndsTheProxy() => Assert.Null(await ReloadRun.FindAsync(Files(few: 150), Seed));

    /// <summary>A key that is empty is found by its quotes.</summary>
    [Theory]
    [InlineData("", "''")]
    [InlineData("  ", "'  '")]
    public void Path_BlankKey_IsQuoted(string key, string shown)
    {
        Assert.Equal(shown, SettingPath.Top(key).Text);
        Assert.Equal($"HaProxyNet.{shown}", SettingPath.Root.Child(key).Text);
    }
}
