namespace HaProxyNet.Management.History.Keeping;

/// <summary>A destination's counters at one moment.</summary>
/// <param name="In">Bytes from clients.</param>
/// <param name="Out">Bytes to clients.</param>
/// <param name="Failures">Attempts that failed, by reason.</param>
/// <param name="Waits">How long clients waited for it.</param>
/// <param name="Calls">How long connections lasted that ended in order.</param>
internal sealed record DestinationCounts(long In, long Out, long[] Failures, long[] Waits, long[] Calls);
