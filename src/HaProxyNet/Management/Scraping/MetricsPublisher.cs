using System.Runtime.InteropServices;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Handshaking;
using HaProxyNet.Listening;
using HaProxyNet.Management.Predecessors;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Telemetry.Inherited;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Management.Scraping;

/// <summary>Copies the live counters and states into the metric families, right before each scrape.</summary>
internal sealed class MetricsPublisher
{
    private readonly ProxyMetrics _metrics;
    private readonly ListenerDirectory _listeners;
    private readonly ClusterDirectory _clusters;
    private readonly InternalFaults _faults;
    private readonly LogLosses _losses;
    private readonly TimeProvider _time;
    private readonly InheritedCounters _inherited;
    private readonly PredecessorReports _predecessors;
    private readonly SeriesRound _round = new();
    private readonly Lingering _lingering;
    private readonly Terminator _terminator;
    private readonly TransportEngine _engine;

    /// <summary>
    /// With more clusters, what only operators do, and times of what has not happened, have a series from their first event: zeros for them
    /// would be half of the text.
    /// </summary>
    private const int MostForAllZeros = 100;

    /// <summary>How long the last text was.</summary>
    private int _length;

    /// <summary>Whether there are more clusters than have all their zeros.</summary>
    private bool _isLarge;

    /// <summary>What encrypted in the last round.</summary>
    private string? _tls;

    /// <summary>What this round is about, and what the last one was.</summary>
    private HashSet<SeriesOwner> _owners = [];
    private HashSet<SeriesOwner> _shown = [];

    /// <summary>
    /// The listeners of each cluster, in this round: looking for them at each destination would grow with the square of the configuration.
    /// </summary>
    private readonly Dictionary<Cluster, HashSet<Listener>> _served = [];

    public MetricsPublisher(
        ProxyMetrics metrics,
        ListenerDirectory listeners,
        ClusterDirectory clusters,
        Terminator terminator,
        TransportEngine engine,
        InternalFaults faults,
        LogLosses losses,
        TimeProvider time,
        InheritedCounters? inherited = null,
        PredecessorReports? predecessors = null)
    {
        _inherited = inherited ?? new InheritedCounters();
        _predecessors = predecessors ?? new PredecessorReports(time);
        (_metrics, _listeners, _clusters, _faults, _losses, _time) = (metrics, listeners, clusters, faults, losses, time);
        _lingering = new Lingering(time);
        (_terminator, _engine) = (terminator, engine);
        _metrics.LastReload.Set(time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0);
        _metrics.LastReloadSuccessful.Set(1);
        _metrics.BeforeReading(Publish);
    }

    /// <summary>Writes the metrics in Prometheus' text format.</summary>
    public async Task WriteAsync(Stream output, CancellationToken cancellation)
    {
        if (_inherited.IsEmpty)
        {
            await _metrics.Registry.CollectAndExportAsTextAsync(output, cancellation);
            return;
        }

        using var own = new MemoryStream();
        await _metrics.Registry.CollectAndExportAsTextAsync(own, cancellation);
        using var sum = new MemoryStream((int)own.Length);
        _inherited.WriteSum(own.GetBuffer().AsSpan(0, (int)own.Length), Volatile.Read(ref _shown), sum);
        await output.WriteAsync(sum.GetBuffer().AsMemory(0, (int)sum.Length), cancellation);
    }

    /// <summary>
    /// The same as bytes. The text of a large configuration has megabytes: it is not copied once more, and is given room like the last one.
    /// </summary>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellation)
    {
        var last = Volatile.Read(ref _length);
        using var text = new MemoryStream(last + (last / 8));
        await WriteAsync(text, cancellation);
        Volatile.Write(ref _length, (int)text.Length);
        return text.GetBuffer().AsMemory(0, (int)text.Length);
    }

    /// <summary>A reload may bring the first TLS.</summary>
    private void PublishBuild()
    {
        var tls = _terminator.EngineName;
        if (_tls is not null && tls != _tls)
        {
            _metrics.Build.RemoveLabelled(ProxyVersion.Text, _engine.Name, _tls);
        }

        _tls = tls;
        _metrics.Build.WithLabels(ProxyVersion.Text, _engine.Name, tls).Set(1);
    }

    private void Publish()
    {
        _owners = [];
        _isLarge = _clusters.All.Count() > MostForAllZeros;
        _round.Begin();
        PublishBuild();
        ProcessSeries.Publish(_metrics, _faults, _losses);
        _served.Clear();
        var configured = _listeners.All.ToHashSet();
        foreach (var listener in _listeners.Known)
        {
            if (configured.Contains(listener) ? _lingering.IsThere(listener) : _lingering.Lingers(listener, listener.Open))
            {
                Publish(listener);
            }

            foreach (var cluster in listener.Plan.Clusters)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_served, cluster, out _) ??= [];
                _served[cluster].Add(listener);
            }
        }

        foreach (var cluster in _clusters.All)
        {
            _lingering.IsThere(cluster);
            Publish(cluster);
            PreferenceSeries.Publish(_round, _metrics, cluster, _time);
            foreach (var destination in cluster.Plan.Destinations)
            {
                _lingering.IsThere(destination);
                StateSeries.Publish(_round, _metrics, cluster, destination, _time);
                PublishCounts(cluster, destination);
            }

            PublishLingering(cluster, cluster.Retired);
        }

        foreach (var cluster in _clusters.Removed.Where(c => _lingering.Lingers(c, OpenOf(c))))
        {
            Publish(cluster);
            PublishLingering(cluster, cluster.Plan.Destinations);
            PublishLingering(cluster, cluster.Retired);
        }

        PredecessorSeries.Publish(_round, _metrics, _predecessors);
        _round.End();
        Volatile.Write(ref _shown, _owners);
    }

    private static long OpenOf(Cluster cluster) => cluster.Plan.Destinations.Concat(cluster.Retired).Sum(destination => destination.Active);

    private void PublishLingering(Cluster cluster, Destination[] destinations)
    {
        foreach (var destination in destinations.Where(d => _lingering.Lingers(d, d.Active)))
        {
            PublishCounts(cluster, destination);
        }
    }

    private void Publish(Listener listener)
    {
        _owners.Add(SeriesOwner.OfListener(listener.Name));
        var isEncrypted = listener.Plan.Tls is not null;
        foreach (var (version, status, count) in listener.Handshakes.Read())
        {
            _round.CountIf(isEncrypted, _metrics.Handshakes, count, listener.Name, version, status.Label());
        }

        ConnectionSeries.Publish(_round, _metrics, listener);
        foreach (var reason in RefusalReasons.All)
        {
            _round.Count(_metrics.Refused, listener.Refused[reason], listener.Name, reason.Label());
        }
    }

    private void Publish(Cluster cluster)
    {
        _owners.Add(SeriesOwner.OfCluster(cluster.Name));
        _owners.Add(SeriesOwner.OfDestination(cluster.Name, ActiveDestination.Name(null)));
        _round.Count(_metrics.OnSecondary, cluster.Active.OnSecondary.TotalSeconds, cluster.Name);
        _round.Keep(isPossible: !_isLarge, _metrics.Detection.Scraped, cluster.Name);
        if (cluster.Active.LastSwitch is { } last)
        {
            _round.Set(_metrics.LastFailover, last.ToUnixTimeMilliseconds() / 1000.0, cluster.Name);
        }

        _round.Count(_metrics.Hedges, cluster.Hedges.PreferredWon, cluster.Name, "preferred");
        _round.Count(_metrics.Hedges, cluster.Hedges.OtherWon, cluster.Name, "other");
        var failovers = PossibleTransitions.Failovers(cluster.Plan, IsHeld(cluster), byOperators: !_isLarge);
        TransitionSeries.Publish(_round, _metrics.Failovers, cluster, cluster.Active.Switches, failovers, IsKnown);
        TransitionSeries.Publish(
            _round, _metrics.FallThroughs, cluster, cluster.FallThroughs, PossibleTransitions.FallThroughs(cluster.Plan), IsKnown);
    }

    /// <summary>Whether a less preferred destination than the best that is up can be active.</summary>
    private static bool IsHeld(Cluster cluster)
        => cluster.Plan.Failback.Mode is not FailbackMode.Immediate || cluster.Group is { Pinned: not null } or { Clusters.Count: > 1 };

    private bool IsKnown(Cluster cluster, string destination) => destination == ActiveDestination.Name(null)
        || cluster.Find(destination) is not null
        || cluster.Retired.Any(d => d.IsNamed(destination) && _lingering.Lingers(d, d.Active));

    private void PublishCounts(Cluster cluster, Destination destination)
    {
        _owners.Add(SeriesOwner.OfDestination(cluster.Name, destination.Name));
        ResultSeries.Publish(_round, _metrics, cluster, destination, _isLarge);
        ConnectionSeries.Publish(_round, _metrics, cluster, destination, _served.GetValueOrDefault(cluster), _listeners.Known, _isLarge);
    }
}
