using System.Text.RegularExpressions;
using HaProxyNet.Server;
using HaProxyNet.Tests.Architecture;

namespace HaProxyNet.Tests.Documentation;

/// <summary>
/// Every command line of the documentation is one that the executable takes: its verb and its options exist, and are spelled like this.
/// </summary>
public sealed partial class CommandsTests
{
    /// <summary>What stands for a value.</summary>
    private static readonly Dictionary<string, string> _placeholders = new(StringComparer.Ordinal)
    {
        ["…"] = "127.0.0.1:5050",
        ["..."] = "127.0.0.1:5050",
        ["EP"] = "127.0.0.1:5050",
        ["HOST:PORT"] = "iqs1.corp.example:5050",
        ["IP"] = "10.0.0.1",
        ["T"] = "10m",
    };

    public static TheoryData<string, string> Lines { get; } = new(
        Pages().SelectMany(
            page => CommandsOf(File.ReadAllText(page)),
            (page, line) => (Path.GetRelativePath(SourceFile.Root(), page), line)).Distinct());

    [Fact]
    public void Documentation_HasManyCommands() => Assert.True(Lines.Count > 40, $"{Lines.Count}");

    [Theory, MemberData(nameof(Lines))]
    public void Command_IsTaken(string page, string line)
    {
        var parsed = CommandTree.Create().Parse([.. Words(line)]);

        Assert.True(parsed.Errors.Count == 0, $"{page}: haproxynet {line}: {string.Join("; ", parsed.Errors.Select(e => e.Message))}");
    }

    [Theory]
    [InlineData("drian CLUSTER/DEST")]
    [InlineData("drain CLUSTER/DEST --wiat 10m")]
    [InlineData("explain")]
    public void Command_SpelledWrong_IsFound(string line) => Assert.NotEmpty(CommandTree.Create().Parse([.. Words(line)]).Errors);

    private static IEnumerable<string> Pages()
        => Directory.EnumerateFiles(SourceFile.Root(), "*.md")
            .Concat(new[] { "docs", "samples", "packaging" }.Select(folder => Path.Combine(SourceFile.Root(), folder))
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories)))
            .Where(page => Path.GetFileName(page) != "CHANGELOG.md");

    /// <summary>Whole lines of code blocks, and what stands between backticks.</summary>
    private static IEnumerable<string> CommandsOf(string page)
        => Line().Matches(page).Concat(Inline().Matches(page))
            .Select(m => Tail().Replace(m.Groups["words"].Value, "").Trim())
            .Where(line => line.Length > 0);

    private static IEnumerable<string> Words(string line)
        => line.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => _placeholders.GetValueOrDefault(word, word.Split('|')[0]));

    [GeneratedRegex(
        @"^\s*(\$ )?(sudo (-u \w+ )?)?((\./)?haproxynet(\.exe)?|dotnet run [^\n]*src/HaProxyNet\.Server[^\n]* --) (?<words>[a-z][^\n]*)$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        60_000)]
    private static partial Regex Line();

    [GeneratedRegex("`haproxynet (?<words>[a-z][^`\n]*)`", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Inline();

    /// <summary>Comments, and what a shell does with it.</summary>
    [GeneratedRegex(@"\s(#|\||&&|;|>|\\|2>).*$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 60_000)]
    private static partial Regex Tail();
}
