using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace HaProxyNet.Server.Exporting;

/// <summary>Sends metrics, and tells the watch what became of them.</summary>
internal sealed class WatchedMetricExporter(OtlpExporterOptions options, ExportWatch watch) : OtlpMetricExporter(options)
{
    public override ExportResult Export(in Batch<Metric> batch) => watch.Note(base.Export(batch));
}
