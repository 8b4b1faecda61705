using System.Text.RegularExpressions;
using HaProxyNet.Configuration;
using HaProxyNet.Tests.Architecture;

namespace HaProxyNet.Tests.Documentation;

/// <summary>
/// What the pages name in code exists: a type's member everywhere, and in the two guides every word that looks like a type.
/// </summary>
public sealed partial class NamedTypesTests
{
    private static readonly Lazy<(Dictionary<string, HashSet<string>> Types, HashSet<string> Words)> _source = new(Read);

    [Fact]
    public void EveryMember_OfATypeOfOurs_Exists()
    {
        var wrong = from page in Directory.EnumerateFiles(Path.Combine(SourceFile.Root(), "docs"), "*.md").Append(Guide)
                    from Match named in Member().Matches(File.ReadAllText(page))
                    let type = named.Groups["type"].Value
                    let member = named.Groups["member"].Value
                    where _source.Value.Types.TryGetValue(type, out var words) && !words.Contains(member) && !IsSetting(type, member)
                    select $"{Path.GetFileName(page)}: {type}.{member}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void EveryWordOfAGuideThatLooksLikeAType_IsInTheSource()
    {
        var wrong = from page in (string[])[Guide, Path.Combine(SourceFile.Root(), "docs", "architecture.md")]
                    from Match named in Word().Matches(File.ReadAllText(page))
                    let word = named.Groups["word"].Value
                    where !_source.Value.Words.Contains(word)
                    select $"{Path.GetFileName(page)}: {word}";

        Assert.Empty(wrong);
    }

    /// <summary>A section of the configuration may bear the name of a type: <c>Maintenance.Store</c> is a setting.</summary>
    private static bool IsSetting(string section, string key)
        => typeof(ProxyOptions).GetProperty(section)?.PropertyType.GetProperty(key) is not null;

    private static string Guide => Path.Combine(SourceFile.Root(), "src", "HaProxyNet", "README.md");

    /// <summary>Each type's words, from all of its files, and all words of source and tests.</summary>
    private static (Dictionary<string, HashSet<string>> Types, HashSet<string> Words) Read()
    {
        var types = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var all = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in SourceFile.Under("src").Concat(SourceFile.Under("tests")))
        {
            var words = file.Lines.SelectMany(line => Identifier().Matches(line).Select(m => m.Value)).ToHashSet(StringComparer.Ordinal);
            all.UnionWith(words);
            if (!file.Path.StartsWith("src", StringComparison.Ordinal))
            {
                continue;
            }

            foreach (var type in file.Lines.Select(l => Declaration().Match(l)).Where(m => m.Success).Select(m => m.Groups["type"].Value))
            {
                types.TryAdd(type, []);
                types[type].UnionWith(words);
            }
        }

        return (types, all);
    }

    [GeneratedRegex(@"(?<![\w./])`?(?<type>[A-Z]\w+)\.(?<member>[A-Z]\w+)(\(\))?`", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Member();

    /// <summary>Two humps, alone in its quotes: <c>HelloPeek</c>.</summary>
    [GeneratedRegex(@"`(?<word>[A-Z][a-z0-9]+[A-Z]\w*)`", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Word();

    [GeneratedRegex(@"\w+", RegexOptions.None, 60_000)]
    private static partial Regex Identifier();

    [GeneratedRegex(
        @"^(?:public|internal)\s+(?:(?:static|sealed|abstract|partial|readonly|ref|unsafe)\s+)*"
            + @"(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?|delegate\s+\S+)\s+(?<type>\w+)",
        RegexOptions.ExplicitCapture,
        60_000)]
    private static partial Regex Declaration();
}
