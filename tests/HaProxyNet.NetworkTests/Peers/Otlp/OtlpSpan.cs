namespace HaProxyNet.NetworkTests.Peers.Otlp;

/// <summary>A span of a trace.</summary>
/// <param name="Trace">The trace.</param>
/// <param name="Id">The span.</param>
/// <param name="Parent">Its parent; empty: it is the root.</param>
/// <param name="Name">What it is.</param>
/// <param name="Began">When it began, in nanoseconds since 1970.</param>
/// <param name="Ended">When it ended.</param>
/// <param name="Attributes">What it is about.</param>
internal sealed record OtlpSpan(
    string Trace,
    string Id,
    string Parent,
    string Name,
    ulong Began,
    ulong Ended,
    IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>ExportTraceServiceRequest: resource_spans = 1, of which scope_spans = 2, of which spans = 2.</summary>
    public static IEnumerable<OtlpSpan> Of(WireFields request)
        => request.Messages(1).SelectMany(r => r.Messages(2)).SelectMany(s => s.Messages(2)).Select(span => new OtlpSpan(
            Convert.ToHexString(span.Bytes(1)), Convert.ToHexString(span.Bytes(2)), Convert.ToHexString(span.Bytes(4)), span.Text(5),
            span.Number(7), span.Number(8), span.Attributes(9)));
}
