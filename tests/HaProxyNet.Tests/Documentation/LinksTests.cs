using System.Text.RegularExpressions;
using System.Xml.Linq;
using HaProxyNet.Tests.Architecture;

namespace HaProxyNet.Tests.Documentation;

/// <summary>
/// Pictures and pages that the documentation links to exist, pictures are well-formed and say what they show, and none lies about unused.
/// </summary>
public sealed partial class LinksTests
{
    private static readonly string _images = Path.Combine(SourceFile.Root(), "docs", "images");

    [Fact]
    public void EveryLinkOfFailover_LeadsToAFileOrAHeading()
    {
        var text = File.ReadAllText(Path.Combine(SourceFile.Root(), "docs", "failover.md"));
        var headings = Heading().Matches(text).Select(m => Anchor(m.Groups["text"].Value)).ToList();
        var anchors = headings
            .Select((h, i) => headings.Take(i).Count(before => before == h) is > 0 and var n ? $"#{h}-{n}" : $"#{h}")
            .ToHashSet(StringComparer.Ordinal);
        var links = Link().Matches(text).Select(m => m.Groups["to"].Value).ToList();

        Assert.DoesNotContain(links, link => link.StartsWith('#') && !anchors.Contains(link));
        Assert.DoesNotContain(
            links, link => !link.StartsWith('#') && !File.Exists(Path.Combine(SourceFile.Root(), "docs", link.Split('#')[0])));
    }

    [Fact]
    public void EveryPicture_IsWellFormedHasALabelAndIsUsed()
    {
        var pages = string.Concat(Directory.EnumerateFiles(SourceFile.Root(), "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(SourceFile.Root(), "docs"), "*.md"))
            .Select(File.ReadAllText));
        foreach (var picture in Directory.EnumerateFiles(_images, "*.svg"))
        {
            var root = XDocument.Load(picture).Root!;
            Assert.NotEmpty((string?)root.Attribute("aria-label") ?? "");
            Assert.Contains($"images/{Path.GetFileName(picture)})", pages, StringComparison.Ordinal);
        }
    }

    /// <summary>As the web page of a repository makes it.</summary>
    private static string Anchor(string heading) => Other().Replace(heading.ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\]\((?<to>[^)]+)\)", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.None, 60_000)]
    private static partial Regex Other();
}
