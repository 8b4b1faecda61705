using System.Runtime.InteropServices;
using Prometheus;

namespace HaProxyNet.Management.Scraping;

/// <summary>
/// The series of one scrape. What was published in the round before and is not published in this one belongs to something that is no longer
/// configured, and goes. One round at a time.
/// </summary>
internal sealed class SeriesRound
{
    private readonly Dictionary<ChildBase, Entry> _published = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Collector, Action<string[]>> _removals = new(ReferenceEqualityComparer.Instance);
    private readonly List<ChildBase> _gone = [];
    private int _round;

    /// <summary>Begins a round.</summary>
    public void Begin() => _round++;

    /// <summary>Publishes a counter, from 0 upwards: <c>increase()</c> sees a first event only where there was a 0 before.</summary>
    public void Count(Counter family, double value, params string[] labels)
    {
        var child = family.WithLabels(labels);
        child.IncTo(value);
        Mark(child, family, labels);
    }

    /// <summary>Publishes a value of now.</summary>
    public void Set(Gauge family, double value, params string[] labels)
    {
        var child = family.WithLabels(labels);
        child.Set(value);
        Mark(child, family, labels);
    }

    /// <summary>Keeps a histogram, which is written as things happen.</summary>
    public void Keep(Histogram family, params string[] labels) => Mark(family.WithLabels(labels), family, labels);

    /// <summary>Ends the round: what was not published in it goes.</summary>
    public void End()
    {
        foreach (var (child, entry) in _published)
        {
            if (entry.Round != _round)
            {
                _gone.Add(child);
            }
        }

        foreach (var child in _gone)
        {
            _published.Remove(child, out var entry);
            entry.Remove(entry.Labels);
        }

        _gone.Clear();
    }

    private void Mark<TChild>(ChildBase child, Collector<TChild> family, string[] labels)
        where TChild : ChildBase
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_published, child, out var isKnown);
        if (!isKnown)
        {
            if (!_removals.TryGetValue(family, out var remove))
            {
                _removals.Add(family, remove = family.RemoveLabelled);
            }

            entry = new(remove, labels, _round);
        }

        entry.Round = _round;
    }

    private record struct Entry(Action<string[]> Remove, string[] Labels, int Round);
}
