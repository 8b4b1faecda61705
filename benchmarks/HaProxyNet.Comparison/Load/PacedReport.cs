namespace HaProxyNet.Comparison.Load;

/// <summary>What a paced load did.</summary>
/// <param name="Requests">Requests that were answered.</param>
/// <param name="Failed">Requests that were not.</param>
/// <param name="Latency">From the moment a request was due.</param>
internal sealed record PacedReport(long Requests, long Failed, LatencyFigures Latency);
