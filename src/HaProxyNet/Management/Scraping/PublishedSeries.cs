using Prometheus;

namespace HaProxyNet.Management.Scraping;

/// <summary>A series that was published.</summary>
/// <param name="family">Its family.</param>
/// <param name="labels">Its labels' values.</param>
/// <param name="child">Where its value is kept.</param>
/// <param name="remove">Takes it away.</param>
internal sealed class PublishedSeries(Collector family, string[] labels, ChildBase child, Action remove)
{
    public ChildBase Child => child;

    /// <summary>The round in which it was published last.</summary>
    public int Round { get; set; }

    /// <summary>Whether it is the series of these labels.</summary>
    public bool Is(Collector other, ReadOnlySpan<string> others) => ReferenceEquals(family, other) && others.SequenceEqual(labels);

    /// <summary>Takes it away.</summary>
    public void Remove() => remove();
}
