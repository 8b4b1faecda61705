using System.Globalization;

namespace HaProxyNet.Telemetry.Inherited;

/// <summary>
/// What the process before this one had counted: added to this process's counters and histograms in Prometheus' text, so that no counter
/// goes back. Gauges are of this moment, and are not added. Any thread.
/// </summary>
internal sealed class InheritedCounters
{
    private const int LongestNumber = 32;

    private readonly Lock _gate = new();
    private Dictionary<byte[], InheritedSeries> _series = new(Utf8Comparer.Instance);
    private Dictionary<byte[], List<InheritedSeries>> _families = new(Utf8Comparer.Instance);
    private bool _isEmpty = true;
    private int _round;

    /// <summary>Whether there is nothing to add.</summary>
    public bool IsEmpty => Volatile.Read(ref _isEmpty);

    /// <summary>Takes the text of the process before, in place of what was known; an empty text is nothing.</summary>
    public void Set(ReadOnlySpan<byte> text)
    {
        var series = new Dictionary<byte[], InheritedSeries>(Utf8Comparer.Instance);
        var families = new Dictionary<byte[], List<InheritedSeries>>(Utf8Comparer.Instance);
        var known = families.GetAlternateLookup<ReadOnlySpan<byte>>();
        var lines = new ScrapeText(text);
        while (lines.MoveNext())
        {
            if (lines.IsCount && lines.Value is not 0 and var value)
            {
                var one = new InheritedSeries(lines.Series.ToArray(), value);
                series[one.Name] = one;
                if (!known.TryGetValue(lines.Family, out var family))
                {
                    known[lines.Family] = family = [];
                }

                family.Add(one);
            }
        }

        lock (_gate)
        {
            (_series, _families) = (series, families);
            Volatile.Write(ref _isEmpty, series.Count == 0);
        }
    }

    /// <summary>Writes this process's text with the sums in it.</summary>
    /// <param name="own">This process's text.</param>
    /// <param name="shown">
    /// What the text is about: a series that only the process before had is written where it has owners, and all of them are shown.
    /// </param>
    /// <param name="output">Where it goes.</param>
    public void WriteSum(ReadOnlySpan<byte> own, IReadOnlySet<SeriesOwner> shown, Stream output)
    {
        lock (_gate)
        {
            _round++;
            var series = _series.GetAlternateLookup<ReadOnlySpan<byte>>();
            var families = _families.GetAlternateLookup<ReadOnlySpan<byte>>();
            List<InheritedSeries>? family = null;
            var lines = new ScrapeText(own);
            while (lines.MoveNext())
            {
                if (lines.BeginsFamily)
                {
                    WriteRest(family, shown, output);
                    family = null;
                }
                else if (family is null && lines.GoesOn)
                {
                    families.TryGetValue(lines.Family, out family);
                }

                if (family is not null && lines.IsCount && series.TryGetValue(lines.Series, out var before))
                {
                    before.Round = _round;
                    Write(before.Name, lines.Value + before.Value, output);
                }
                else
                {
                    output.Write(lines.Line);
                }
            }

            WriteRest(family, shown, output);
        }
    }

    /// <summary>What only the process before had of a family comes at its end.</summary>
    private void WriteRest(List<InheritedSeries>? family, IReadOnlySet<SeriesOwner> shown, Stream output)
    {
        foreach (var series in family ?? [])
        {
            if (series.Round != _round && series.Owners.Length > 0 && series.Owners.All(shown.Contains))
            {
                Write(series.Name, series.Value, output);
            }
        }
    }

    /// <summary>Exact for counts: the shortest text that means this number.</summary>
    private static void Write(byte[] series, double value, Stream output)
    {
        Span<byte> number = stackalloc byte[LongestNumber];
        value.TryFormat(number, out var length, "R", CultureInfo.InvariantCulture);
        output.Write(series);
        output.WriteByte((byte)' ');
        output.Write(number[..length]);
        output.WriteByte((byte)'\n');
    }
}
