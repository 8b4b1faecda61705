using HaProxyNet.Configuration.Keys;

namespace HaProxyNet.Tests.Configuration;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("Lisseners", "Listeners")]
    [InlineData("listener", "Listeners")]
    [InlineData("Cluster", "Clusters")]
    [InlineData("Clutsers", "Clusters")]
    [InlineData("acb", "abc")]
    [InlineData("Shutdown", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    public void To_Given_TheNameWithFewestErrorsIfFew(string given, string? expected) =>
        Assert.Equal(expected, NearestName.To(given, ["Listeners", "Clusters", "abc"]));

    [Fact]
    public void To_NothingKnown_Null() => Assert.Null(NearestName.To("a", []));
}
