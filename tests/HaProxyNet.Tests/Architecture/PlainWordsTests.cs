using System.Text.RegularExpressions;

namespace HaProxyNet.Tests.Architecture;

/// <summary>
/// Messages, comments and pages are read at three in the morning, by somebody whose first language may be another: turns of phrase that
/// slow such a reader down do not come back.
/// </summary>
public sealed partial class PlainWordsTests
{
    private static readonly string[] _folders = ["src", "benchmarks", "samples"];

    [Theory]
    [InlineData(@"\bwhoever\b", "a client that, the code that")]
    [InlineData(@"\bunless told\b", "default:")]
    [InlineData(@"\bbeside\b", "next to, besides, in addition to")]
    [InlineData(@"\bfor ever\b", "no limit, without end")]
    [InlineData(@"\bheld against\b", "checked against")]
    [InlineData(@"\bis told of (?!a client\b)", "is notified of")]
    [InlineData(@"\bto be had\b", "available")]
    [InlineData(@"^\s*/// .*; none: ", "null:")]
    [InlineData(@"(?-i:<summary>|<param name=""\w+"">|/// )(?-i:Who )", "the client that, the one that")]
    public void NoText_SaysItInARoundaboutWay(string phrase, string better)
    {
        var pattern = new Regex(phrase, RegexOptions.IgnoreCase | RegexOptions.Multiline, TimeSpan.FromSeconds(30));

        Assert.NotEmpty(better);
        var found =
            Texts().Where(t => pattern.IsMatch(t.Content)).Select(t => $"{t.Path}: {pattern.Match(t.Content).Value}; say: {better}");
        Assert.Empty(found);
    }

    /// <summary>Source twice: as it is, and with comments that run on over a line's end in one piece.</summary>
    private static IEnumerable<(string Path, string Content)> Texts()
    {
        foreach (var file in _folders.SelectMany(SourceFile.Under))
        {
            var content = string.Join('\n', file.Lines);
            yield return (file.Path, content);
            yield return (file.Path, Continued().Replace(content, " "));
        }

        var root = SourceFile.Root();
        foreach (var page in Directory.EnumerateFiles(Path.Combine(root, "docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(root, "*.md")))
        {
            yield return (Path.GetRelativePath(root, page), File.ReadAllText(page).ReplaceLineEndings(" "));
        }
    }

    [GeneratedRegex(@"\n\s*///? ", RegexOptions.None, 30_000)]
    private static partial Regex Continued();
}
