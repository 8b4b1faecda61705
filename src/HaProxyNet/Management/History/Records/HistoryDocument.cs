namespace HaProxyNet.Management.History.Records;

/// <summary>The answer of <c>/api/v1/history</c>.</summary>
/// <param name="From">The earliest time that was asked for.</param>
/// <param name="To">The latest.</param>
/// <param name="Records">What is known of that time, in order.</param>
public sealed record HistoryDocument(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<HistoryRecord> Records)
{
    /// <summary>There was more than one answer holds; the oldest are left out.</summary>
    public bool IsCut { get; init; }

    /// <summary>Lines of the files that cannot be read.</summary>
    public long Unreadable { get; init; }
}
