using HaProxyNet.Admission;
using HaProxyNet.Closing;
using HaProxyNet.Configuration;
using HaProxyNet.Connecting;
using HaProxyNet.Health.Probing;
using HaProxyNet.Listening;
using HaProxyNet.State;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Tls.Terminating;
using HaProxyNet.Transport;
using Prometheus;

namespace HaProxyNet.Telemetry;

/// <summary>Copies the live counters and states into the metric families, right before each scrape.</summary>
internal sealed class MetricsPublisher
{
    private static readonly ConnectionOutcome[] _outcomes = [.. Enum.GetValues<ConnectionOutcome>().Where(o => o is not ConnectionOutcome.None)];
    private static readonly ConnectStatus[] _failures = [.. Enum.GetValues<ConnectStatus>().Where(s => s is not (ConnectStatus.Pending or ConnectStatus.Connected))];
    private static readonly (ProbeMethod Method, ProbeResult Result)[] _probes =
        [.. Enum.GetValues<ProbeMethod>().SelectMany(method => Enum.GetValues<ProbeResult>().Select(result => (method, result)))];

    /// <summary>The ends that policies and operators decided, of connections that were open.</summary>
    private static readonly ConnectionOutcome[] _cuts =
        [ConnectionOutcome.FailedBack, ConnectionOutcome.DestinationDown, ConnectionOutcome.ClosedByAdmin, ConnectionOutcome.DrainDeadline, ConnectionOutcome.IdleTimeout];

    private readonly ProxyMetrics _metrics;
    private readonly ListenerDirectory _listeners;
    private readonly ClusterDirectory _clusters;
    private readonly InternalFaults _faults;
    private readonly TimeProvider _time;

    public MetricsPublisher(
        ProxyMetrics metrics,
        ListenerDirectory listeners,
        ClusterDirectory clusters,
        Terminator terminator,
        TransportEngine engine,
        InternalFaults faults,
        TimeProvider time)
    {
        (_metrics, _listeners, _clusters, _faults, _time) = (metrics, listeners, clusters, faults, time);
        _metrics.Build.WithLabels(ProxyVersion.Text, engine.Name, terminator.EngineName).Set(1);
        _metrics.LastReload.Set(time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0);
        _metrics.Registry.AddBeforeCollectCallback(Publish);
    }

    /// <summary>Writes the metrics in Prometheus' text format.</summary>
    public Task WriteAsync(Stream output, CancellationToken cancellation) => _metrics.Registry.CollectAndExportAsTextAsync(output, cancellation);

    private void Publish()
    {
        _metrics.Allocated.IncTo(GC.GetTotalAllocatedBytes());
        foreach (var place in FaultPlaces.All)
        {
            _metrics.InternalFaults.WithLabels(place.Label()).IncTo(_faults[place]);
        }

        foreach (var listener in _listeners.Known)
        {
            Publish(listener);
            foreach (var (version, status, count) in listener.Handshakes.Read())
            {
                Raise(_metrics.Handshakes, count, listener.Name, version, status.Label());
            }
        }

        foreach (var cluster in _clusters.All)
        {
            Publish(cluster);
            foreach (var destination in cluster.Plan.Destinations)
            {
                PublishState(cluster, destination);
                PublishCounts(cluster, destination);
            }

            foreach (var destination in cluster.Retired)
            {
                WithdrawState(cluster, destination);
                PublishCounts(cluster, destination);
            }
        }
    }

    private void Publish(Listener listener)
    {
        foreach (var outcome in _outcomes)
        {
            foreach (var cluster in listener.Plan.Clusters)
            {
                Raise(_metrics.Connections, listener.Unconnected(cluster).Ended(outcome), listener.Name, cluster.Name, "", outcome.Label());
            }

            Raise(_metrics.Connections, listener.Unconnected(cluster: null).Ended(outcome), listener.Name, "", "", outcome.Label());
        }

        foreach (var reason in RefusalReasons.All)
        {
            _metrics.Refused.WithLabels(listener.Name, reason.Label()).IncTo(listener.Refused[reason]);
        }
    }

    private void Publish(Cluster cluster)
    {
        _metrics.OnSecondary.WithLabels(cluster.Name).IncTo(cluster.Active.OnSecondary.TotalSeconds);
        if (cluster.Active.LastSwitch is { } last)
        {
            _metrics.LastFailover.WithLabels(cluster.Name).Set(last.ToUnixTimeMilliseconds() / 1000.0);
        }

        _metrics.Hedges.WithLabels(cluster.Name, "preferred").IncTo(cluster.Hedges.PreferredWon);
        _metrics.Hedges.WithLabels(cluster.Name, "other").IncTo(cluster.Hedges.OtherWon);
        foreach (var (from, to, reason, count) in cluster.Active.Switches.Read())
        {
            _metrics.Failovers.WithLabels(cluster.Name, from, to, reason).IncTo(count);
        }

        foreach (var (from, to, reason, count) in cluster.FallThroughs.Read())
        {
            _metrics.FallThroughs.WithLabels(cluster.Name, from, to, reason).IncTo(count);
        }
    }

    private void PublishState(Cluster cluster, Destination destination)
    {
        var status = destination.Status;
        _metrics.ActiveDestination.WithLabels(cluster.Name, destination.Name).Set(cluster.IsActive(destination) ? 1 : 0);
        _metrics.DestinationUp.WithLabels(cluster.Name, destination.Name).Set(status.CanBeGivenConnections() ? 1 : 0);
        foreach (var state in Enum.GetValues<DestinationStatus>())
        {
            _metrics.DestinationState.WithLabels(cluster.Name, destination.Name, DestinationStates.Label(state)).Set(status == state ? 1 : 0);
        }

        if (destination.LastProven is > 0 and var proven)
        {
            var at = _time.GetUtcNow() - _time.GetElapsedTime(proven);
            _metrics.LastProven.WithLabels(cluster.Name, destination.Name).Set(at.ToUnixTimeMilliseconds() / 1000.0);
        }
    }

    /// <summary>Nobody is to be alerted by the last state of a destination that is no longer configured.</summary>
    private void WithdrawState(Cluster cluster, Destination destination)
    {
        _metrics.ActiveDestination.RemoveLabelled(cluster.Name, destination.Name);
        _metrics.DestinationUp.RemoveLabelled(cluster.Name, destination.Name);
        _metrics.LastProven.RemoveLabelled(cluster.Name, destination.Name);
        foreach (var state in Enum.GetValues<DestinationStatus>())
        {
            _metrics.DestinationState.RemoveLabelled(cluster.Name, destination.Name, DestinationStates.Label(state));
        }
    }

    private void PublishCounts(Cluster cluster, Destination destination)
    {
        foreach (var status in _failures)
        {
            Raise(_metrics.ConnectFailures, destination.Connects.Failures(status), cluster.Name, destination.Name, status.Label());
        }

        foreach (var (method, result) in _probes)
        {
            Raise(_metrics.Probes, destination.Connects.Probes(method, result), cluster.Name, destination.Name, method.Label(), result.Label());
        }

        Publish(cluster, destination, destination.AllTraffic);
        foreach (var outcome in _cuts)
        {
            Raise(_metrics.SessionsCut, destination.AllTraffic.Sum(t => t.Ended(outcome)), cluster.Name, destination.Name, outcome.Label());
        }
    }

    private void Publish(Cluster cluster, Destination destination, IReadOnlyList<TrafficCounters> traffic)
    {
        var listeners = _listeners.Known;
        for (var i = 0; i < Math.Min(traffic.Count, listeners.Count); i++)
        {
            // A listener that has never sent it a connection, and does not, has no series.
            var listener = listeners[i];
            if (!traffic[i].IsUsed && !listener.Plan.Clusters.Contains(cluster))
            {
                continue;
            }

            _metrics.Active.WithLabels(listener.Name, cluster.Name, destination.Name).Set(traffic[i].Active);
            _metrics.Bytes.WithLabels(listener.Name, cluster.Name, destination.Name, "in").IncTo(traffic[i].BytesIn);
            _metrics.Bytes.WithLabels(listener.Name, cluster.Name, destination.Name, "out").IncTo(traffic[i].BytesOut);
            foreach (var outcome in _outcomes)
            {
                Raise(_metrics.Connections, traffic[i].Ended(outcome), listener.Name, cluster.Name, destination.Name, outcome.Label());
            }
        }
    }

    /// <summary>A series appears with its first count, so that a scrape is not full of zeros.</summary>
    private static void Raise(Counter counter, long to, params string[] labels)
    {
        if (to > 0)
        {
            counter.WithLabels(labels).IncTo(to);
        }
    }
}
