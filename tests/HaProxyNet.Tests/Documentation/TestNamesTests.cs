using System.Text.RegularExpressions;
using HaProxyNet.Tests.Architecture;

namespace HaProxyNet.Tests.Documentation;

/// <summary>A test that the documentation names as proof exists: in full, or up to the dots.</summary>
public sealed partial class TestNamesTests
{
    [Fact]
    public void EveryTestThatIsNamed_Exists()
    {
        var methods = Directory.EnumerateFiles(Path.Combine(SourceFile.Root(), "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Method().Matches(File.ReadAllText(file)).Select(m => m.Groups["name"].Value))
            .ToHashSet(StringComparer.Ordinal);
        var named = Directory.EnumerateFiles(Path.Combine(SourceFile.Root(), "docs"), "*.md")
            .SelectMany(file => Named().Matches(File.ReadAllText(file)).Select(m => m.Groups["name"].Value)).Distinct().ToList();

        Assert.NotEmpty(named);
        Assert.DoesNotContain(
            named,
            name => name.EndsWith('…') ? !methods.Any(m => m.StartsWith(name[..^1], StringComparison.Ordinal)) : !methods.Contains(name));
    }

    [GeneratedRegex(@"(void|Task) (?<name>\w+_\w+)\(", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Method();

    /// <summary>
    /// Words of a test's name begin with a capital letter; those of a metric do not, and a constant of the system has no small one.
    /// </summary>
    [GeneratedRegex("`(?=[^`]*[a-z])(?<name>[A-Z][A-Za-z0-9]+(_[A-Z][A-Za-z0-9]+)+_?…?)`", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Named();
}
