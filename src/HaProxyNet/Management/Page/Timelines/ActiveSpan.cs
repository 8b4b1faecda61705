namespace HaProxyNet.Management.Page.Timelines;

/// <summary>A time during which one destination was active.</summary>
/// <param name="From">Its begin.</param>
/// <param name="To">Its end.</param>
/// <param name="Active">The destination; null: none could be used, or the proxy did not run.</param>
/// <param name="Runs">Whether the proxy ran.</param>
public sealed record ActiveSpan(DateTimeOffset From, DateTimeOffset To, string? Active, bool Runs);
