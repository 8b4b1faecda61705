namespace HaProxyNet.Management.History.Records;

/// <summary>Compares the sums in two lists. Null: there are none.</summary>
internal static class SameSums
{
    /// <summary>Whether two lists have the same numbers in the same order.</summary>
    public static bool In(IReadOnlyList<long>? one, IReadOnlyList<long>? other)
        => ReferenceEquals(one, other) || (one is not null && other is not null && one.SequenceEqual(other));

    /// <summary>Whether two lists have the same number by each name.</summary>
    public static bool In(IReadOnlyDictionary<string, long>? one, IReadOnlyDictionary<string, long>? other)
        => ReferenceEquals(one, other)
            || (one is not null
                && other is not null
                && one.Count == other.Count
                && one.All(sum => other.TryGetValue(sum.Key, out var count) && count == sum.Value));
}
