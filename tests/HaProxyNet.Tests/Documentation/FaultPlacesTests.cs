using System.Text.RegularExpressions;
using HaProxyNet.Telemetry;
using HaProxyNet.Tests.Architecture;

namespace HaProxyNet.Tests.Documentation;

/// <summary>docs/architecture.md lists every boundary, and a test throws at each of them.</summary>
public sealed partial class FaultPlacesTests
{
    [Fact]
    public void Boundaries_EachHasARow_AndNoOther()
    {
        var rows = File.ReadLines(Path.Combine(SourceFile.Root(), "docs", "architecture.md"))
            .SkipWhile(line => !line.StartsWith("## What can end", StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Select(line => Row().Match(line)).Where(match => match.Success)
            .SelectMany(match => Label().Matches(match.Groups["places"].Value).Select(label => label.Groups["label"].Value))
            .Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(FaultPlaces.All.Select(place => place.Label()).Order(StringComparer.Ordinal), rows);
    }

    /// <summary>By name: a test that throws at a boundary counts what was thrown, by the place or by its label.</summary>
    [Fact]
    public void Boundaries_ATestCountsAFaultAtEach()
    {
        var tests = string.Join(
            '\n',
            Directory.EnumerateFiles(Path.Combine(SourceFile.Root(), "tests"), "*.cs", SearchOption.AllDirectories)
                .Where(file => Path.GetFileName(file) != "FaultPlacesTests.cs" && !file.Contains("/obj/", StringComparison.Ordinal))
                .Select(File.ReadAllText));

        Assert.All(FaultPlaces.All, place => Assert.Matches($@"FaultPlace\.{place}\b|place={place.Label()}\b", tests));
    }

    [GeneratedRegex(@"^\|.*\|.*\|(?<places>[^|]*)\|$", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Row();

    [GeneratedRegex("`(?<label>[a-z_]+)`", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Label();
}
