namespace HaProxyNet.NetworkTests.Peers.Otlp;

/// <summary>A data point of a metric.</summary>
/// <param name="Metric">The name of the metric.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Kind">Sum, gauge or histogram.</param>
/// <param name="Attributes">What it is of.</param>
/// <param name="Value">Its value; of a histogram, how many there were.</param>
/// <param name="Bounds">The bounds of a histogram.</param>
internal sealed record OtlpPoint(
    string Metric,
    string Unit,
    string Kind,
    IReadOnlyDictionary<string, string> Attributes,
    double Value,
    IReadOnlyList<double> Bounds)
{
    /// <summary>ExportMetricsServiceRequest: resource_metrics = 1, of which scope_metrics = 2, of which metrics = 2.</summary>
    public static IEnumerable<OtlpPoint> Of(WireFields request)
        => request.Messages(1).SelectMany(r => r.Messages(2)).SelectMany(s => s.Messages(2)).SelectMany(Points);

    /// <summary>
    /// Metric: name = 1, unit = 3, gauge = 5, sum = 7 (is_monotonic = 3), histogram = 9; the points of each are its field 1.
    /// </summary>
    private static IEnumerable<OtlpPoint> Points(WireFields metric)
    {
        foreach (var (field, kind) in ((int, string)[])[(5, "gauge"), (7, "sum"), (9, "histogram")])
        {
            foreach (var data in metric.Messages(field))
            {
                foreach (var point in data.Messages(1))
                {
                    yield return field == 9
                        ? new(
                            metric.Text(1),
                            metric.Text(3),
                            kind,
                            point.Attributes(9),
                            point.Number(4),
                            [.. point.Packed(7).Select(BitConverter.UInt64BitsToDouble)])
                        : new(
                            metric.Text(1),
                            metric.Text(3),
                            field == 7 && data.Number(3) == 0 ? "up-down" : kind,
                            point.Attributes(7),
                            point.Has(4) ? point.Real(4) : point.Number(6),
                            []);
                }
            }
        }
    }
}
