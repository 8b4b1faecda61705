using System.Globalization;
using System.Text;

namespace HaProxyNet.Telemetry;

/// <summary>
/// What a process that was upgraded had counted: added to this process's counters and histograms in Prometheus' text, so that no counter
/// ever goes back. Gauges are of this moment, and are not added. Any thread.
/// </summary>
internal sealed class InheritedCounters
{
    private Dictionary<string, Dictionary<string, double>> _families = [];
    private bool _isEmpty = true;

    /// <summary>Whether there is nothing to add.</summary>
    public bool IsEmpty => Volatile.Read(ref _isEmpty);

    /// <summary>Takes the text of the process before, in place of what was known.</summary>
    public void Set(ReadOnlySpan<byte> text)
    {
        var families = new Dictionary<string, Dictionary<string, double>>(StringComparer.Ordinal);
        Dictionary<string, double>? family = null;
        foreach (var line in Encoding.UTF8.GetString(text).Split('\n'))
        {
            if (line.StartsWith('#'))
            {
                family = TypeOf(line) is var (name, isCumulative) && isCumulative ? families[name] = new(StringComparer.Ordinal)
                    : TypeOf(line) is null ? family
                    : null;
            }
            else if (family is not null && SampleOf(line) is var (series, value))
            {
                family[series] = value;
            }
        }

        Volatile.Write(ref _families, families);
        Volatile.Write(ref _isEmpty, families.Count == 0);
    }

    /// <summary>Writes this process's text with the sums in it.</summary>
    public async Task WriteSumAsync(MemoryStream own, Stream output, CancellationToken cancellation)
        => await output.WriteAsync(
            Encoding.UTF8.GetBytes(AddTo(Encoding.UTF8.GetString(own.GetBuffer(), 0, (int)own.Length))), cancellation);

    /// <summary>This process's text with the sums in it.</summary>
    public string AddTo(string text)
    {
        var sum = new StringBuilder(text.Length);
        var left = Volatile.Read(ref _families)
            .ToDictionary(family => family.Key, family => new Dictionary<string, double>(family.Value, StringComparer.Ordinal));
        Dictionary<string, double>? family = null;
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith('#'))
            {
                // A family begins: what only the process before had of the family that ends comes at its end.
                if (line.StartsWith("# HELP ", StringComparison.Ordinal))
                {
                    Append(sum, family);
                    family = null;
                }
                else if (TypeOf(line) is var (name, _))
                {
                    family = left.GetValueOrDefault(name);
                }

                sum.Append(line).Append('\n');
                continue;
            }

            if (family is not null && SampleOf(line) is var (series, value) && family.Remove(series, out var before))
            {
                sum.Append(series).Append(' ').Append(Number(value + before)).Append('\n');
            }
            else
            {
                sum.Append(line).Append('\n');
            }
        }

        Append(sum, family);
        return sum.ToString();
    }

    private static void Append(StringBuilder sum, Dictionary<string, double>? family)
    {
        foreach (var (series, value) in family ?? [])
        {
            sum.Append(series).Append(' ').Append(Number(value)).Append('\n');
        }

        family?.Clear();
    }

    /// <summary>Exact for counts: the shortest text that means this number.</summary>
    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static (string Name, bool IsCumulative)? TypeOf(string line)
        => line.Split(' ') is ["#", "TYPE", var name, var type] ? (name, type is "counter" or "histogram") : null;

    private static (string Series, double Value)? SampleOf(string line)
    {
        var end = line.LastIndexOf(' ');
        return end > 0 && double.TryParse(line.AsSpan(end + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? (line[..end], value)
            : null;
    }
}
