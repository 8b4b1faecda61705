using System.Runtime.InteropServices;
using HaProxyNet.Configuration.Health;
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
using Prometheus;

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
            Count(_metrics.Handshakes, count, isEncrypted, listener.Name, version, status.Label());
        }

        foreach (var outcome in ExpectedSeries.Outcomes)
        {
            foreach (var cluster in listener.Plan.Clusters)
            {
                var ended = listener.Unconnected(cluster).Ended(outcome);
                Count(
                    _metrics.Connections,
                    ended,
                    ExpectedSeries.Unconnected.Contains(outcome),
                    listener.Name,
                    cluster.Name,
                    "",
                    outcome.Label());
            }

            var isExpected = listener.Plan.Cluster is null && ExpectedSeries.Unconnected.Contains(outcome);
            var unrouted = listener.Unconnected(cluster: null).Ended(outcome);
            Count(_metrics.Connections, unrouted, isExpected, listener.Name, "", "", outcome.Label());
        }

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
        _round.Keep(_metrics.Detection.Scraped, cluster.Name);
        if (cluster.Active.LastSwitch is { } last)
        {
            _round.Set(_metrics.LastFailover, last.ToUnixTimeMilliseconds() / 1000.0, cluster.Name);
        }

        _round.Count(_metrics.Hedges, cluster.Hedges.PreferredWon, cluster.Name, "preferred");
        _round.Count(_metrics.Hedges, cluster.Hedges.OtherWon, cluster.Name, "other");
        TransitionSeries.Publish(
            _round, _metrics.Failovers, cluster, cluster.Active.Switches, PossibleTransitions.Failovers(cluster.Plan), IsKnown);
        TransitionSeries.Publish(
            _round, _metrics.FallThroughs, cluster, cluster.FallThroughs, PossibleTransitions.FallThroughs(cluster.Plan), IsKnown);
    }

    private bool IsKnown(Cluster cluster, string destination) => destination == ActiveDestination.Name(null)
        || cluster.Find(destination) is not null
        || cluster.Retired.Any(d => d.IsNamed(destination) && _lingering.Lingers(d, d.Active));

    private void PublishCounts(Cluster cluster, Destination destination)
    {
        _owners.Add(SeriesOwner.OfDestination(cluster.Name, destination.Name));
        destination.Connects.Bind(_metrics.ConnectSeconds, cluster.Name, destination.Name);
        _round.Keep(_metrics.ConnectSeconds.Scraped, cluster.Name, destination.Name);
        foreach (var status in ExpectedSeries.Failures)
        {
            Count(
                _metrics.ConnectFailures,
                destination.Connects.Failures(status),
                ExpectedSeries.Has(status, cluster.Plan, destination),
                cluster.Name,
                destination.Name,
                status.Label());
        }

        foreach (var (asked, result) in ExpectedSeries.Probes)
        {
            Count(
                _metrics.Probes,
                destination.Connects.Probes(asked, result),
                ExpectedSeries.Has(asked, cluster.Plan),
                cluster.Name,
                destination.Name,
                asked.Label(),
                result.Label());
        }

        PublishDrills(cluster, destination);
        Publish(cluster, destination, destination.AllTraffic);
        foreach (var outcome in ExpectedSeries.Cuts)
        {
            _round.Count(
                _metrics.SessionsCut, destination.AllTraffic.Sum(t => t.Ended(outcome)), cluster.Name, destination.Name, outcome.Label());
        }
    }

    private void PublishDrills(Cluster cluster, Destination destination)
    {
        foreach (var result in ExpectedSeries.Drills(cluster.Plan).Union(destination.Drills.Results, StringComparer.Ordinal))
        {
            _round.Count(_metrics.Drills, destination.Drills[result], cluster.Name, destination.Name, result);
        }
    }

    private void Publish(Cluster cluster, Destination destination, IReadOnlyList<TrafficCounters> traffic)
    {
        // A listener that has never sent it a connection, and does not, has no series.
        var serving = _served.GetValueOrDefault(cluster) ?? [];
        var known = _listeners.Known;
        var used =
            Enumerable.Range(0, Math.Min(traffic.Count, known.Count)).Where(index => traffic[index].IsUsed).Select(index => known[index]);
        foreach (var listener in serving.Union(used))
        {
            var (counters, serves) = (destination.Traffic(listener.Index), serving.Contains(listener));
            _round.Set(_metrics.Active, counters.Active, listener.Name, cluster.Name, destination.Name);
            _round.Count(_metrics.Bytes, counters.BytesIn, listener.Name, cluster.Name, destination.Name, "in");
            _round.Count(_metrics.Bytes, counters.BytesOut, listener.Name, cluster.Name, destination.Name, "out");
            foreach (var outcome in ExpectedSeries.Outcomes)
            {
                Count(
                    _metrics.Connections,
                    counters.Ended(outcome),
                    serves && !ExpectedSeries.NeverConnected.Contains(outcome),
                    listener.Name,
                    cluster.Name,
                    destination.Name,
                    outcome.Label());
            }
        }
    }

    /// <summary>
    /// What cannot be expected has a series from its first event, so that a scrape is not full of zeros that nobody asks for.
    /// </summary>
    private void Count(Counter family, long value, bool isExpected, params string[] labels)
    {
        if (isExpected || value > 0)
        {
            _round.Count(family, value, labels);
        }
    }
}
