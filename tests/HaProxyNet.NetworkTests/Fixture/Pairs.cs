using System.Globalization;

namespace HaProxyNet.NetworkTests.Fixture;

/// <summary>A line of <c>name=value</c> pairs: the connection log, an agent's counters, a client's report.</summary>
internal sealed class Pairs
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private Pairs(string line)
    {
        Line = line;
        foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.IndexOf('=', StringComparison.Ordinal) is > 0 and var at)
            {
                _values[word[..at]] = word[(at + 1)..];
            }
        }
    }

    public string Line { get; }

    public string this[string name]
        => _values.TryGetValue(name, out var value) ? value : throw new KeyNotFoundException($"no {name}= in: {Line}");

    public long Count(string name) => long.Parse(this[name], CultureInfo.InvariantCulture);

    public long CountOrZero(string name) => _values.ContainsKey(name) ? Count(name) : 0;

    public double Number(string name) => double.Parse(this[name], CultureInfo.InvariantCulture);

    public static Pairs Of(string line) => new(line);

    /// <summary>The lines that have a pair of this name.</summary>
    public static IReadOnlyList<Pairs> In(IEnumerable<string> lines, string name)
        => [.. lines.Where(line => line.Contains(name + "=", StringComparison.Ordinal)).Select(Of)];
}
