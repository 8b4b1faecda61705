namespace HaProxyNet.Management.History.Records;

/// <summary>What one destination did in a minute. What is zero is left out.</summary>
/// <param name="Name">Its name.</param>
internal sealed record DestinationMinute(string Name)
{
    /// <summary>Its state at the end, when that is not <c>up</c>.</summary>
    public string? State { get; init; }

    /// <summary>Connections open at the end.</summary>
    public long Open { get; init; }

    /// <summary>Connections that it was given.</summary>
    public long Connected { get; init; }

    /// <summary>Bytes from clients, of connections that ended.</summary>
    public long In { get; init; }

    /// <summary>Bytes to clients, of connections that ended.</summary>
    public long Out { get; init; }

    /// <summary>How long clients waited for it: the median, what one in a hundred exceeds, and the longest, in microseconds.</summary>
    public IReadOnlyList<long>? Wait { get; init; }

    /// <summary>
    /// How long connections lasted that ended in order (for a client that makes one for each call, the call), in the same way.
    /// </summary>
    public IReadOnlyList<long>? Call { get; init; }

    /// <summary>Attempts for clients that failed, by reason.</summary>
    public IReadOnlyDictionary<string, long>? Failures { get; init; }

    /// <summary>The same sums, whichever lists they are in.</summary>
    public bool Equals(DestinationMinute? other)
        => other is not null
            && (Name, State, Open, Connected, In, Out) == (other.Name, other.State, other.Open, other.Connected, other.In, other.Out)
            && SameSums.In(Wait, other.Wait)
            && SameSums.In(Call, other.Call)
            && SameSums.In(Failures, other.Failures);

    public override int GetHashCode() => HashCode.Combine(Name, State, Open, Connected, In, Out);
}
