using HaProxyNet.Server.Running;

namespace HaProxyNet.Tests.Server.Running;

public sealed class UnwrittenPagesTests
{
    /// <summary>A page of the file (f), one that was written (w), a swapped one of these (s), one not in memory (-).</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("----", "")]
    [InlineData("ffff", "0..4")]
    [InlineData("wwww", "")]
    [InlineData("ffwff", "0..2 3..5")]
    [InlineData("wf-fs", "1..2 3..4")]
    [InlineData("sf", "1..2")]
    public void Of_Pages_OnlyThoseOfTheFile(string pages, string expected)
    {
        var entries = pages.Select(page => page switch
        {
            'f' => (1UL << 63) | (1UL << 61),
            'w' => 1UL << 63,
            's' => 1UL << 62,
            _ => 0UL,
        }).ToArray();

        Assert.Equal(expected, string.Join(' ', UnwrittenPages.Of(entries)));
    }
}
