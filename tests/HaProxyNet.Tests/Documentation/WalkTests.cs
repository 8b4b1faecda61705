using System.Text.RegularExpressions;
using HaProxyNet.Tests.Architecture;

namespace HaProxyNet.Tests.Documentation;

/// <summary>The walk of a plain connection in docs/architecture.md: files that exist, few, and short.</summary>
public sealed partial class WalkTests
{
    private const int MostFiles = 25;
    private const int LongestFile = 300;

    [Fact]
    public void Walk_OfAPlainConnection_IsAsShortAsThePageSays()
    {
        var page = File.ReadAllText(Path.Combine(SourceFile.Root(), "docs", "architecture.md"));
        var walk = page[page.IndexOf("## The walk of a plain connection", StringComparison.Ordinal)..];
        walk = walk[..walk.IndexOf("\n## ", 3, StringComparison.Ordinal)];
        var files = Step().Matches(walk).Select(m => m.Groups["file"].Value).ToList();

        Assert.InRange(files.Distinct().Count(), 10, MostFiles);
        Assert.Contains($"{files.Count} files", walk, StringComparison.Ordinal);
        Assert.All(files, file => Assert.InRange(File.ReadLines(Path.Combine(SourceFile.Root(), file)).Count(), 1, LongestFile));
    }

    [GeneratedRegex(@"\| `(?<file>src/[^`]+\.cs)` \|", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Step();
}
