using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;

namespace HaProxyNet.Server.Exporting;

/// <summary>Sends traces, and tells the watch what became of them.</summary>
internal sealed class WatchedTraceExporter(OtlpExporterOptions options, ExportWatch watch) : OtlpTraceExporter(options)
{
    public override ExportResult Export(in Batch<Activity> batch) => watch.Note(base.Export(batch));
}
