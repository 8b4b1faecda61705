using System.Text.Json;
using HaProxyNet.Connections;
using HaProxyNet.Control.Documents;
using HaProxyNet.Management;
using HaProxyNet.Management.Predecessors;
using HaProxyNet.Management.Scraping;
using HaProxyNet.Reloading;
using HaProxyNet.Telemetry;
using HaProxyNet.Transport;
using HaProxyNet.Upgrading.Wire;

namespace HaProxyNet.Upgrading;

/// <summary>
/// What the process that has handed over tells the new one while its last connections end: its counters and its connections, and what it
/// hears from processes before it. One caller at a time.
/// </summary>
internal sealed class DrainReport(
    TransportEngine engine, SessionReader sessions, StatusReader status, PredecessorReports predecessors, MetricsPublisher metrics,
    ConfigurationInForce configuration,
    TimeProvider time)
{
    private DateTimeOffset _began = time.GetUtcNow();

    /// <summary>The drain begins now.</summary>
    public void Begin() => _began = time.GetUtcNow();

    /// <summary>Tells everything as it is now.</summary>
    /// <exception cref="HandoverException">The other process does not take it.</exception>
    public async Task TellAsync(HandoverSocket socket)
    {
        await TellMetricsAsync(socket);
        IReadOnlyList<PredecessorReport> reports = [await ReportAsync(), .. predecessors.Reports];
        socket.Send(
            HandoverKind.Report, JsonSerializer.SerializeToUtf8Bytes(reports, PredecessorJson.Default.IReadOnlyListPredecessorReport));
    }

    /// <summary>Tells the counters.</summary>
    /// <exception cref="HandoverException">The other process does not take them.</exception>
    public async Task TellMetricsAsync(HandoverSocket socket)
    {
        using var text = new MemoryStream();
        await metrics.WriteAsync(text, CancellationToken.None);
        socket.Send(HandoverKind.Metrics, text.GetBuffer().AsSpan(0, (int)text.Length));
    }

    private async Task<PredecessorReport> ReportAsync()
    {
        var open = await engine.ConnectionsAsync();
        var on = open.Where(connection => connection.Destination is not null)
            .GroupBy(connection => (Cluster: connection.Cluster!.Name, Destination: connection.Destination!.Name))
            .Select(group => new PredecessorDestination(group.Key.Cluster, group.Key.Destination, group.Count()));
        return new PredecessorReport(
            Environment.ProcessId,
            ProxyVersion.Text,
            status.StartedAt,
            _began + configuration.Now.UpgradeTimeout,
            open.Count,
            [.. on],
            [.. (await sessions.ReadOwnAsync()).Take(PredecessorReport.MostSessions)]);
    }
}
