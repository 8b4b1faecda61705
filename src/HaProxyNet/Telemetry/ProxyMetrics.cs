using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Prometheus;

namespace HaProxyNet.Telemetry;

/// <summary>
/// The metric families of the contract, in a registry of their own. What the data path counts is copied into them before each scrape; only
/// the histograms are written as things happen, through children that are bound once.
/// </summary>
internal sealed class ProxyMetrics
{
    /// <summary>From a refusal on the same machine to the connect time-out's default.</summary>
    private static readonly double[] _connectBuckets =
        [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3, 10];

    private readonly MetricFactory _factory;
    private readonly Lock _reading = new();
    private ImmutableList<Action> _copies = [];
    private bool _hasStore;

    /// <param name="meters">Makes the meter of <c>System.Diagnostics.Metrics</c>; null: there is none.</param>
    public ProxyMetrics(IMeterFactory? meters = null)
    {
        Meter = meters?.Create(new MeterOptions(MeterName) { Version = ProxyVersion.Text });
        Registry = Metrics.NewCustomRegistry();
        _factory = Metrics.WithCustomRegistry(Registry);
        DotNetStats.Register(Registry);
        Connections = Counter("connections_total", "Connections that ended, by outcome.", "listener", "cluster", "destination", "outcome");
        Active = Gauge("connections_active", "Connections open now.", "listener", "cluster", "destination");
        Predecessors = Gauge("predecessors", "Processes before this one that an upgrade has left with connections.");
        PredecessorsActive = Gauge(
            "predecessor_connections_active",
            "Connections that an upgrade has left with processes before this one.",
            "cluster",
            "destination");
        Refused = Counter("connections_refused_total", "Connections reset at the door, by reason.", "listener", "reason");
        Bytes =
            Counter("bytes_total", "Bytes relayed; in: from clients, out: to clients.", "listener", "cluster", "destination", "direction");
        ConnectSeconds = Times(
            "connect_seconds",
            "haproxynet.connect.duration",
            "Time that a destination took to accept a connection.",
            "cluster",
            "destination");
        ConnectFailures =
            Counter("connect_failures_total", "Connect attempts for clients that failed.", "cluster", "destination", "reason");
        FallThroughs = Counter(
            "fall_throughs_total", "Connections that went on to another destination while connecting.", "cluster", "from", "to", "reason");
        Hedges = Counter(
            "hedges_total",
            "Connections for which a second destination was tried because the first was slow, by which one got them.",
            "cluster",
            "won");
        Failovers = Counter("failovers_total", "Changes of the cluster's active destination.", "cluster", "from", "to", "reason");
        ActiveDestination = Gauge("active_destination", "1 for the destination that new connections go to.", "cluster", "destination");
        DestinationUp = Gauge("destination_up", "1 while the destination accepts, as far as is known.", "cluster", "destination");
        DestinationState = Gauge("destination_state", "1 for the state that the destination is in.", "cluster", "destination", "state");
        DestinationPriority = Gauge(
            "destination_priority",
            "0 for the most preferred destinations; higher numbers are used when lower ones cannot be.",
            "cluster",
            "destination");
        HoldDown = Gauge(
            "destination_hold_down_seconds",
            "How long a destination that is down must accept before it is used again; 0: at once, or it is not down.",
            "cluster",
            "destination");
        HoldDownMax = Gauge("hold_down_max_seconds", "The longest hold-down, as configured.", "cluster");
        FailbackWaiting = Gauge(
            "failback_waiting",
            "1 while a more preferred destination is up and the failback policy, or an operator's switch, does not let it take over.",
            "cluster");
        OnSecondary =
            Counter("seconds_on_secondary_total", "Time during which another than the most preferred destination was active.", "cluster");
        Detection = Times(
            "failover_detection_seconds",
            "haproxynet.failover.detection.duration",
            "Time from the start of the attempt or probe that failed until the destination was down.",
            "cluster");
        LastFailover = Gauge("last_failover_timestamp_seconds", "When the active destination changed last; absent before.", "cluster");
        LastProven = Gauge(
            "destination_last_proven_timestamp_seconds", "When the destination last accepted; absent before.", "cluster", "destination");
        MaintenanceStoreUp = Gauge("maintenance_store_up", "1 while the shared maintenance store can be used; absent without one.");
        LeaseHeld = Gauge(
            "lease_held",
            "1 while an operator has the destination out of service; node: the proxy on which that was decided.",
            "cluster",
            "destination",
            "node");
        LeaseSince = Gauge(
            "lease_since_timestamp_seconds",
            "Since when an operator has the destination out of service; absent where that is not known.",
            "cluster",
            "destination",
            "node");
        SessionsCut =
            Counter("sessions_cut_total", "Open connections that the proxy ended, by reason.", "cluster", "destination", "reason");
        Probes = Counter("probes_total", "Probes by result.", "cluster", "destination", "method", "result");
        Drills = Counter(
            "drills_total", "Drills of destinations that carried no new connections, by result.", "cluster", "destination", "result");
        Handshakes =
            Counter("tls_handshakes_total", "TLS handshakes with clients, by version and result.", "listener", "version", "result");
        Reloads = Counter("config_reloads_total", "Reloads of the configuration, by result.", "result");
        LastReload = Gauge("config_last_reload_success_timestamp_seconds", "When the running configuration was loaded.");
        LastReloadSuccessful = Gauge(
            "config_last_reload_successful",
            "1 when the last reload was taken over, or there was none; 0 when its faults kept the configuration before in force.");
        CertificateExpiry = Gauge(
            "tls_certificate_expiry_timestamp_seconds",
            "When a certificate expires.",
            "listener",
            "cluster",
            "destination",
            "subject",
            "key");
        CertificateReloads = Counter(
            "tls_certificate_reloads_total",
            "Certificates loaded anew because their files had changed, by result.",
            "listener",
            "cluster",
            "result");
        InternalFaults = Counter("internal_faults_total", "Faults that ended one piece of work of the proxy itself, by place.", "place");
        HistoryLost = Counter("history_records_lost_total", "Records of the history that could not be kept: the disk did not take them.");
        LogLinesDropped =
            Counter("log_lines_dropped_total", "Log lines that were lost because nothing took them fast enough, by output.", "output");
        Notifications = Counter("notifications_total", "Messages to webhooks, by what became of them.", "webhook", "result");
        DescriptorsOpen =
            Gauge("descriptors_open", "The lowest free descriptor number of the process: so many are open at least. Linux only.");
        DescriptorsLimit = Gauge("descriptors_limit", "The number of descriptors at which listeners stop accepting. Linux only.");
        Allocated = Counter(
            "managed_allocated_bytes_total",
            "Bytes allocated on the managed heap since the start; a relayed connection on the Reactor takes about 160.");
        Build = Gauge("build_info", "1; the labels say what runs.", "version", "engine", "tls");
    }

    /// <summary>The name of the meter, for <c>AddMeter</c> of OpenTelemetry.</summary>
    public const string MeterName = "HaProxyNet";

    public CollectorRegistry Registry { get; }

    /// <summary>Where the same figures are instruments; null: nowhere.</summary>
    public Meter? Meter { get; }

    public Counter Connections { get; }

    public Gauge Active { get; }

    public Gauge Predecessors { get; }

    public Gauge PredecessorsActive { get; }

    public Counter Refused { get; }

    public Counter Bytes { get; }

    public TimeFamily ConnectSeconds { get; }

    public Counter ConnectFailures { get; }

    public Counter FallThroughs { get; }

    public Counter Hedges { get; }

    public Counter Failovers { get; }

    public Gauge ActiveDestination { get; }

    public Gauge DestinationUp { get; }

    public Gauge DestinationState { get; }

    public Gauge DestinationPriority { get; }

    public Gauge HoldDown { get; }

    public Gauge HoldDownMax { get; }

    public Gauge FailbackWaiting { get; }

    public Counter OnSecondary { get; }

    public TimeFamily Detection { get; }

    public Gauge LastFailover { get; }

    public Gauge LastProven { get; }

    public Gauge MaintenanceStoreUp { get; }

    /// <summary>Whether there is a shared maintenance store, as far as is known.</summary>
    public bool HasMaintenanceStore => Volatile.Read(ref _hasStore);

    public Gauge LeaseHeld { get; }

    public Gauge LeaseSince { get; }

    public Counter SessionsCut { get; }

    public Counter Probes { get; }

    public Counter Drills { get; }

    public Counter Handshakes { get; }

    public Counter Reloads { get; }

    public Gauge LastReload { get; }

    public Gauge LastReloadSuccessful { get; }

    public Gauge CertificateExpiry { get; }

    public Counter CertificateReloads { get; }

    public Counter InternalFaults { get; }

    public Counter HistoryLost { get; }

    public Counter LogLinesDropped { get; }

    public Counter Notifications { get; }

    public Gauge DescriptorsOpen { get; }

    public Gauge DescriptorsLimit { get; }

    public Counter Allocated { get; }

    public Gauge Build { get; }

    /// <summary>The counts of connects to one destination, with its histogram bound.</summary>
    public ConnectTelemetry ConnectsOf(string cluster, string destination) => new(ConnectSeconds.Of(cluster, destination));

    /// <summary>Notes whether the shared maintenance store can be used.</summary>
    public void TellStore(bool isUp)
    {
        MaintenanceStoreUp.Set(isUp ? 1 : 0);
        Volatile.Write(ref _hasStore, value: true);
    }

    /// <summary>Registers what copies counters into the families before somebody reads them.</summary>
    public void BeforeReading(Action copy)
    {
        ImmutableInterlocked.Update(ref _copies, (all, one) => all.Add(one), copy);
        Registry.AddBeforeCollectCallback(() =>
        {
            lock (_reading)
            {
                copy();
            }
        });
    }

    /// <summary>Reads families after everything was copied into them; no series comes or goes meanwhile.</summary>
    public T Read<T>(Func<T> read)
    {
        lock (_reading)
        {
            foreach (var copy in _copies)
            {
                copy();
            }

            return read();
        }
    }

    private Counter Counter(string name, string help, params string[] labels)
        => _factory.CreateCounter("haproxynet_" + name, help, new CounterConfiguration { LabelNames = labels });

    private Gauge Gauge(string name, string help, params string[] labels)
        => _factory.CreateGauge("haproxynet_" + name, help, new GaugeConfiguration { LabelNames = labels, SuppressInitialValue = true });

    /// <summary>A series is shown from its first value, or from when somebody wants to see it.</summary>
    private TimeFamily Times(string name, string instrument, string help, params string[] labels)
    {
        var configuration = new HistogramConfiguration { LabelNames = labels, Buckets = _connectBuckets, SuppressInitialValue = true };
        var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = _connectBuckets };
        return new(
            _factory.CreateHistogram("haproxynet_" + name, help, configuration),
            Meter?.CreateHistogram(instrument, "s", help, tags: null, advice));
    }
}
