namespace HaProxyNet.Simulator.Load;

/// <summary>Durations in short.</summary>
/// <param name="Count">How many.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="P50">Half are not above this.</param>
/// <param name="P99">99 % are not above this.</param>
/// <param name="P999">99.9 % are not above this.</param>
/// <param name="Max">The longest, exactly.</param>
public sealed record LatencySummary(long Count, TimeSpan Mean, TimeSpan P50, TimeSpan P99, TimeSpan P999, TimeSpan Max);
