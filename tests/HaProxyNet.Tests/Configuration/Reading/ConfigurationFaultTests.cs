using HaProxyNet.Configuration.Reading;

namespace HaProxyNet.Tests.Configuration.Reading;

public sealed class ConfigurationFaultTests
{
    [Fact]
    public void ToString_Fault_PathProblemAllowed() =>
        Assert.Equal("HaProxyNet.X: is bad; good", new ConfigurationFault("HaProxyNet.X", "is bad", "good").ToString());

    /// <summary>What turns the direction of writing would make a line read as another one.</summary>
    [Theory]
    [InlineData('\u202e', @"\u202e")]
    [InlineData('\u2066', @"\u2066")]
    [InlineData('\u200b', @"\u200b")]
    [InlineData('\u2028', @"\u2028")]
    [InlineData('\u0085', @"\u0085")]
    public void ToString_CharactersThatAreNotSeen_AreShownByTheirNumbers(char unseen, string shown) =>
        Assert.Equal($"X: 'a{shown}b' is bad; good", new ConfigurationFault("X", $"'a{unseen}b' is bad", "good").ToString());

    [Fact]
    public void ToString_ValueWithLineBreaks_StaysOneLine() =>
        Assert.Equal(
            @"X: 'a\u000d\u000ab' is bad; \u001b[31mgood", new ConfigurationFault("X", "'a\r\nb' is bad", "\u001b[31mgood").ToString());
}
