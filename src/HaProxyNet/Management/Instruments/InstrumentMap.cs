using HaProxyNet.Telemetry;
using Prometheus;

namespace HaProxyNet.Management.Instruments;

/// <summary>
/// What each family is called in OpenTelemetry, whose names have namespaces, no unit and no <c>_total</c>. Histograms are not here: they
/// are written as things happen, by <see cref="TimeFamily"/>. docs/opentelemetry.md has the same table; a test compares them.
/// </summary>
internal static class InstrumentMap
{
    /// <summary>The instruments. Those of descriptors exist where the system counts them.</summary>
    public static IEnumerable<MappedInstrument> Of(ProxyMetrics metrics)
        => All(metrics).Where(one => OperatingSystem.IsLinux()
            || !(ReferenceEquals(one.Family, metrics.DescriptorsOpen) || ReferenceEquals(one.Family, metrics.DescriptorsLimit)));

    private static IEnumerable<MappedInstrument> All(ProxyMetrics metrics) =>
    [
        Count("connection.ended", "{connection}", metrics.Connections),
        new("haproxynet.connection.active", "{connection}", InstrumentKind.UpDownCounter, metrics.Active),
        Value("predecessor.processes", "{process}", metrics.Predecessors),
        new(
            "haproxynet.predecessor.connection.active", "{connection}", InstrumentKind.UpDownCounter, metrics.PredecessorsActive),
        Count("connection.refused", "{connection}", metrics.Refused),
        Count("connection.io", "By", metrics.Bytes),
        Count("connection.cut", "{connection}", metrics.SessionsCut),
        Count("connect.failures", "{attempt}", metrics.ConnectFailures),
        Count("connect.fall_throughs", "{connection}", metrics.FallThroughs),
        Count("connect.hedges", "{connection}", metrics.Hedges),
        Count("cluster.failovers", "{failover}", metrics.Failovers),
        Value("cluster.failover.last", "s", metrics.LastFailover),
        Value("cluster.failback_waiting", "1", metrics.FailbackWaiting),
        Value("cluster.hold_down.limit", "s", metrics.HoldDownMax),
        Count("cluster.secondary.time", "s", metrics.OnSecondary),
        Value("destination.active", "1", metrics.ActiveDestination),
        Value("destination.up", "1", metrics.DestinationUp),
        Value("destination.state", "1", metrics.DestinationState),
        Value("destination.priority", "1", metrics.DestinationPriority),
        Value("destination.hold_down", "s", metrics.HoldDown),
        Value("destination.last_proven", "s", metrics.LastProven),
        Count("destination.probes", "{probe}", metrics.Probes),
        Count("destination.drills", "{drill}", metrics.Drills),
        Value("lease.held", "1", metrics.LeaseHeld),
        Value("lease.since", "s", metrics.LeaseSince),
        Value("maintenance_store.up", "1", metrics.MaintenanceStoreUp) with { IsThere = () => metrics.HasMaintenanceStore },
        Count("tls.handshakes", "{handshake}", metrics.Handshakes),
        Value("tls.certificate.not_after", "s", metrics.CertificateExpiry),
        Count("tls.certificate.reloads", "{reload}", metrics.CertificateReloads),
        Count("config.reloads", "{reload}", metrics.Reloads),
        Value("config.reload.last", "s", metrics.LastReload),
        Value("config.reload.successful", "1", metrics.LastReloadSuccessful),
        Count("internal.faults", "{fault}", metrics.InternalFaults),
        Count("history.lost", "{record}", metrics.HistoryLost),
        Count("log.dropped", "{line}", metrics.LogLinesDropped),
        Count("notifications", "{message}", metrics.Notifications),
        Value("descriptors.open", "{descriptor}", metrics.DescriptorsOpen),
        Value("descriptors.limit", "{descriptor}", metrics.DescriptorsLimit),
        Count("memory.allocated", "By", metrics.Allocated),
        Value("build", "1", metrics.Build),
    ];

    private static MappedInstrument Count(string name, string unit, Counter family)
        => new("haproxynet." + name, unit, InstrumentKind.Counter, family);

    private static MappedInstrument Value(string name, string unit, Gauge family)
        => new("haproxynet." + name, unit, InstrumentKind.Gauge, family);
}
