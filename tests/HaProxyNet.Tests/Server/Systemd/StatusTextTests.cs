using HaProxyNet.Server.Systemd;

namespace HaProxyNet.Tests.Server.Systemd;

public sealed class StatusTextTests
{
    [Fact]
    public void Serving_EachClusterAndWhoIsActive() => Assert.Equal(
        "iqservice: primary is active; dmz: nothing is up",
        StatusText.Serving([("iqservice", "primary"), ("dmz", null)], isReloadRefused: false));

    [Fact]
    public void Serving_ReloadRefused_SaysSo()
        => Assert.EndsWith(
            "; the changed configuration was refused, the one before is in force",
            StatusText.Serving([("a", "b")], isReloadRefused: true),
            StringComparison.Ordinal);

    [Fact]
    public void Serving_ManyClusters_StaysOneLineThatCanBeRead()
        => Assert.EndsWith(
            "; 92 more clusters",
            StatusText.Serving([.. Enumerable.Range(0, 100).Select(i => ($"c{i}", (string?)"a"))], isReloadRefused: false),
            StringComparison.Ordinal);

    [Theory]
    [InlineData(0, "stopping")]
    [InlineData(1, "draining: 1 connection is open")]
    [InlineData(7, "draining: 7 connections are open")]
    public void Draining_Counts(int open, string text) => Assert.Equal(text, StatusText.Draining(open));
}
