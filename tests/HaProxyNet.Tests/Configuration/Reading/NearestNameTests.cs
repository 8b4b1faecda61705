using HaProxyNet.Configuration.Reading;

namespace HaProxyNet.Tests.Configuration.Reading;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("Lisseners", "did you mean 'Listeners'?")]
    [InlineData("listener", "did you mean 'Listeners'?")]
    [InlineData("Cluster", "did you mean 'Clusters'?")]
    [InlineData("Clutsers", "did you mean 'Clusters'?")]
    [InlineData("acb", "did you mean 'abc'?")]
    [InlineData("Post", "did you mean 'Host' or 'Port'?")]
    [InlineData("Hort", "did you mean 'Host' or 'Port'?")]
    [InlineData("Shutdown", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    public void Question_Given_TheNamesWithFewestErrorsIfFew(string given, string? expected) =>
        Assert.Equal(expected, NearestName.Question(given, ["Listeners", "Clusters", "abc", "Host", "Port"]));

    [Fact]
    public void Question_ManyAreAsNear_NamesThree() =>
        Assert.Equal("did you mean 'a1' or 'a2' or 'a3'?", NearestName.Question("a0", ["a1", "a2", "a3", "a4"]));

    [Fact]
    public void Question_NothingKnown_Null() => Assert.Null(NearestName.Question("a", []));
}
