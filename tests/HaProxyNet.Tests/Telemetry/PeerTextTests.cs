using HaProxyNet.Telemetry;

namespace HaProxyNet.Tests.Telemetry;

public sealed class PeerTextTests
{
    [Theory]
    [InlineData("iqs1.corp.example", "iqs1.corp.example")]
    [InlineData("M\u00fcller GmbH", "M\u00fcller GmbH")]
    [InlineData("a\n2026 info: b", "a<U+000A>2026 info: b")]
    [InlineData("\u001b[2J", "<U+001B>[2J")]
    [InlineData("\u009b2J", "<U+009B>2J")]
    [InlineData("\u202eelpmaxe", "<U+202E>elpmaxe")]
    [InlineData("a\u200bb\u2066c\ufeffd", "a<U+200B>b<U+2066>c<U+FEFF>d")]
    [InlineData("a\u2028b\u2029c\u0085d", "a<U+2028>b<U+2029>c<U+0085>d")]
    public void Clean_Text_HoldsNothingThatActs(string text, string expected) => Assert.Equal(expected, PeerText.Clean(text));

    [Fact]
    public void Clean_LongText_IsCut() => Assert.Equal(new string('x', PeerText.Longest) + "...", PeerText.Clean(new string('x', 1 << 20)));

    [Fact]
    public void Clean_HalfASurrogate_IsReplaced() => Assert.Equal("a\ufffd", PeerText.Clean("a" + (char)0xD800));
}
