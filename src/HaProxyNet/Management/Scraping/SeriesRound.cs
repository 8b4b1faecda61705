using Prometheus;

namespace HaProxyNet.Management.Scraping;

/// <summary>
/// The series of one scrape. What was published in the round before and is not published in this one belongs to something that is no longer
/// configured, and goes. Rounds are alike, so a series is expected where the round before had it; only one that is not there is looked up
/// by its labels. One round at a time.
/// </summary>
internal sealed class SeriesRound
{
    private readonly Dictionary<ChildBase, PublishedSeries> _published = new(ReferenceEqualityComparer.Instance);
    private readonly List<PublishedSeries> _order = [];
    private readonly List<PublishedSeries> _gone = [];
    private int _place;
    private int _round;

    /// <summary>How many series were looked up by their labels so far: in a round like the one before it, none.</summary>
    public long LookUps { get; private set; }

    /// <summary>Begins a round.</summary>
    public void Begin() => (_round, _place) = (_round + 1, 0);

    /// <summary>Publishes a counter, from 0 upwards: <c>increase()</c> sees a first event only where there was a 0 before.</summary>
    public void Count(Counter family, double value, params ReadOnlySpan<string> labels) => Find(family, labels).IncTo(value);

    /// <summary>
    /// The same for what may be impossible: it has a series from its first event, so that a scrape is not full of zeros that nobody asks
    /// for.
    /// </summary>
    public void CountIf(bool isPossible, Counter family, double value, params ReadOnlySpan<string> labels)
    {
        if (isPossible || value > 0)
        {
            Count(family, value, labels);
        }
    }

    /// <summary>Publishes a value of now.</summary>
    public void Set(Gauge family, double value, params ReadOnlySpan<string> labels) => Find(family, labels).Set(value);

    /// <summary>Keeps a histogram, which is written as things happen.</summary>
    /// <param name="isPossible">Whether it is shown before its first value.</param>
    /// <param name="family">Its family.</param>
    /// <param name="labels">Its labels' values.</param>
    public void Keep(bool isPossible, Histogram family, params ReadOnlySpan<string> labels)
    {
        var series = Find(family, labels);
        if (isPossible)
        {
            series.Publish();
        }
    }

    /// <summary>Ends the round: what was not published in it goes.</summary>
    public void End()
    {
        _order.RemoveRange(_place, _order.Count - _place);
        foreach (var series in _published.Values)
        {
            if (series.Round != _round)
            {
                _gone.Add(series);
            }
        }

        foreach (var series in _gone)
        {
            _published.Remove(series.Child);
            series.Remove();
        }

        _gone.Clear();
    }

    private TChild Find<TChild>(Collector<TChild> family, ReadOnlySpan<string> labels)
        where TChild : ChildBase
    {
        var isExpected = _place < _order.Count && _order[_place].Is(family, labels);
        var series = isExpected ? _order[_place] : LookUp(family, labels);
        _place++;
        series.Round = _round;
        return (TChild)series.Child;
    }

    private PublishedSeries LookUp<TChild>(Collector<TChild> family, ReadOnlySpan<string> values)
        where TChild : ChildBase
    {
        LookUps++;
        string[] labels = [.. values];
        var child = family.WithLabels(labels);
        if (!_published.TryGetValue(child, out var series))
        {
            _published.Add(child, series = new PublishedSeries(family, labels, child, () => family.RemoveLabelled(labels)));
        }

        if (_place < _order.Count)
        {
            _order[_place] = series;
        }
        else
        {
            _order.Add(series);
        }

        return series;
    }
}
