using System.Text.RegularExpressions;
using HaProxyNet.Tests.Architecture;

namespace HaProxyNet.Tests.Documentation;

/// <summary>The walk of a plain connection in docs/architecture.md: files that exist, few, short, and in few rooms.</summary>
public sealed partial class WalkTests
{
    private const int MostFiles = 25;
    private const int MostRooms = 9;
    private const int LongestFile = 300;

    [Fact]
    public void Walk_OfAPlainConnection_IsAsShortAsThePageSays()
    {
        var page = File.ReadAllText(Path.Combine(SourceFile.Root(), "docs", "architecture.md"));
        var walk = page[page.IndexOf("## The walk of a plain connection", StringComparison.Ordinal)..];
        walk = walk[..walk.IndexOf("\n## ", 3, StringComparison.Ordinal)];
        var files = Step().Matches(walk).Select(m => m.Groups["file"].Value).ToList();

        var rooms = files.Select(RoomOf).Distinct().Count();

        Assert.InRange(files.Distinct().Count(), 10, MostFiles);
        Assert.InRange(rooms, 5, MostRooms);
        Assert.Contains($"{files.Count} files in {rooms} rooms", walk, StringComparison.Ordinal);
        Assert.All(files, file => Assert.InRange(File.ReadLines(Path.Combine(SourceFile.Root(), file)).Count(), 1, LongestFile));
    }

    /// <summary>The project, and in HaProxyNet itself the folder; the files that stand in none are a room as well.</summary>
    private static string RoomOf(string file) => file.Split('/') switch
    {
        ["src", "HaProxyNet", var folder, _, ..] => folder,
        ["src", var project, ..] => project,
        _ => file,
    };

    [GeneratedRegex(@"\| `(?<file>src/[^`]+\.cs)` \|", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Step();
}
