using System.Globalization;
using System.Text.RegularExpressions;

namespace HaProxyNet.NetworkTests.Nights;

/// <summary>A line of the proxy's log that says that a destination is down.</summary>
internal sealed partial record DownLine(string Destination, DateTimeOffset At, string Line)
{
    public static IReadOnlyList<DownLine> In(IEnumerable<string> lines, string cluster)
        => [.. lines.Select(line => Down().Match(line)).Where(match => match.Success && match.Groups["cluster"].Value == cluster)
            .Select(Of)];

    private static DownLine Of(Match match) => new(
        match.Groups["destination"].Value,
        DateTimeOffset.Parse(match.Groups["at"].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        match.Value);

    [GeneratedRegex(@"^(?<at>\S+).*Destination down: (?<cluster>[^/]+)/(?<destination>\S+) .*$", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Down();
}
