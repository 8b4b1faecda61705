using System.Globalization;
using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Upgrades;

/// <summary>Every series of the proxy that only grows, as a scrape had it: counters, and what histograms are made of.</summary>
internal sealed class CounterSeries
{
    /// <summary>What docs/metrics.md says to be of the running process.</summary>
    private const string OfTheProcess = "haproxynet_managed_allocated_bytes_total";

    private readonly Dictionary<string, double> _values = new(StringComparer.Ordinal);

    public CounterSeries(MetricsReading reading)
    {
        var isCumulative = false;
        foreach (var line in reading.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                isCumulative = line.Contains(" haproxynet_", StringComparison.Ordinal) && line.Split(' ')[^1] is "counter" or "histogram"
                    && !line.Contains($" {OfTheProcess} ", StringComparison.Ordinal);
            }
            else if (!line.StartsWith('#') && isCumulative)
            {
                var end = line.LastIndexOf(' ');
                _values[line[..end]] = double.Parse(line[(end + 1)..], CultureInfo.InvariantCulture);
            }
        }
    }

    public int Count => _values.Count;

    /// <summary>The series that are lower here than they were, or that are not here any more.</summary>
    public IEnumerable<string> FallenSince(CounterSeries before) => before._values
        .Where(series => !_values.TryGetValue(series.Key, out var now) || now < series.Value)
        .Select(series => $"{series.Key}: {series.Value} before, {_values.GetValueOrDefault(series.Key)} now");
}
