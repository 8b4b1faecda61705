using System.Globalization;
using System.Text.RegularExpressions;

namespace HaProxyNet.FunctionalTests.Fixture;

/// <summary>One scrape, parsed from the text that Prometheus would read.</summary>
internal sealed partial class MetricsSnapshot
{
    private readonly List<(string Name, Dictionary<string, string> Labels, double Value)> _samples;

    private MetricsSnapshot(List<(string, Dictionary<string, string>, double)> samples) => _samples = samples;

    public static MetricsSnapshot Parse(string text)
        => new([.. text.Split('\n').Select(l => Sample().Match(l)).Where(m => m.Success).Select(m => (
            m.Groups["name"].Value,
            Label().Matches(m.Groups["labels"].Value).ToDictionary(l => l.Groups["key"].Value, l => l.Groups["value"].Value),
            double.Parse(m.Groups["value"].Value, CultureInfo.InvariantCulture)))]);

    /// <summary>
    /// The sum over the series of a family, <c>haproxynet_</c> not written, that have these labels: <c>"destination=primary"</c>.
    /// </summary>
    public double Sum(string name, params string[] labels) => Series(name, labels).Sum(s => s.Value);

    /// <summary>The series of a family that have counted something.</summary>
    public IEnumerable<(Dictionary<string, string> Labels, double Value)> Counted(string name, params string[] labels)
        => Series(name, labels).Where(s => s.Value > 0);

    /// <summary>The series of a family that have these labels.</summary>
    public IEnumerable<(Dictionary<string, string> Labels, double Value)> Series(string name, params string[] labels)
    {
        var wanted = labels.Select(l => l.Split('=', 2)).ToList();
        return _samples
            .Where(s => s.Name == "haproxynet_" + name && wanted.TrueForAll(w => s.Labels.GetValueOrDefault(w[0]) == w[1]))
            .Select(s => (s.Labels, s.Value));
    }

    [GeneratedRegex("""^(?<name>[a-z_:0-9]+)(\{(?<labels>.*)\})? (?<value>\S+)""", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Sample();

    [GeneratedRegex("""(?<key>[a-z_]+)="(?<value>[^"]*)""", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Label();
}
