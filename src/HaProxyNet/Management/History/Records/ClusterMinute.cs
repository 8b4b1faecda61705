namespace HaProxyNet.Management.History.Records;

/// <summary>What happened in a cluster within a minute. What is zero is left out.</summary>
/// <param name="Cluster">The cluster.</param>
internal sealed record ClusterMinute(string Cluster)
{
    /// <summary>The destination that new connections went to at the end; null: no destination could be used.</summary>
    public string? Active { get; init; }

    /// <summary>Connections that ended, by outcome.</summary>
    public IReadOnlyDictionary<string, long>? Ended { get; init; }

    /// <summary>Connections that went on to the next destination.</summary>
    public long FallThroughs { get; init; }

    /// <summary>Its destinations.</summary>
    public IReadOnlyList<DestinationMinute> Destinations { get; init; } = [];

    /// <summary>The same sums, whichever lists they are in.</summary>
    public bool Equals(ClusterMinute? other)
        => ReferenceEquals(this, other)
            || (other is not null
                && (Cluster, Active, FallThroughs) == (other.Cluster, other.Active, other.FallThroughs)
                && SameSums.In(Ended, other.Ended)
                && Destinations.SequenceEqual(other.Destinations));

    public override int GetHashCode() => HashCode.Combine(Cluster, Active, FallThroughs);
}
