using HaProxyNet.State;
using HaProxyNet.Telemetry;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace HaProxyNet.Health;

/// <summary>
/// Takes evidence about destinations, lets <see cref="HealthMachine"/> decide, and publishes what changed: through YARP to the list that
/// connections walk, to the log, and to the prober. Any thread.
/// </summary>
internal sealed partial class HealthReporter(
    IDestinationHealthUpdater health,
    IClusterDestinationsUpdater destinations,
    RecoveryProber prober,
    ProxyMetrics metrics,
    TimeProvider time,
    ILogger<HealthReporter> logger)
{
    /// <summary>Reports what was seen of a destination. Good news about one that is up costs a look and no lock.</summary>
    public void Report(Cluster cluster, Destination destination, Evidence evidence)
    {
        var now = time.GetTimestamp();
        if (evidence.Success)
        {
            destination.LastProven = now;
            if (destination.Condition.State is DestinationStatus.Up)
            {
                return;
            }
        }

        lock (cluster.Gate)
        {
            var before = destination.Condition;
            var after = HealthMachine.Next(before, evidence, now);
            destination.Condition = after;
            if (before.State is DestinationStatus.Up && after.State is DestinationStatus.Down)
            {
                metrics.Detection.WithLabels(cluster.Name).Observe(evidence.Took.TotalSeconds);
            }

            if (before.State != after.State || before.Reason != after.Reason)
            {
                Publish(cluster, destination, before, after);
            }
        }
    }

    /// <summary>The destinations of a cluster have changed with its configuration.</summary>
    public void Reconsider(Cluster cluster)
    {
        lock (cluster.Gate)
        {
            PublishActive(cluster, "reload");
        }
    }

    private void Publish(Cluster cluster, Destination destination, DestinationCondition before, DestinationCondition after)
    {
        PublishToYarp(cluster, destination, after);
        if (before.State != after.State)
        {
            LogState(cluster, destination, after);
            PublishActive(cluster, after.Reason);
        }

        if (before.State is DestinationStatus.Up && after.State is DestinationStatus.Down)
        {
            prober.Start(cluster, destination, seen => Report(cluster, destination, seen));
        }
    }

    /// <summary>YARP asks our policy for the candidates again when the flag changed; when only the reason did, we ask it to.</summary>
    private void PublishToYarp(Cluster cluster, Destination destination, DestinationCondition condition)
    {
        if (cluster.State is not { } state || !state.Destinations.TryGetValue(destination.Name, out var target))
        {
            return;
        }

        var flag = condition.State is DestinationStatus.Up ? DestinationHealth.Healthy : DestinationHealth.Unhealthy;
        if (target.Health.Active == flag)
        {
            destinations.UpdateAvailableDestinations(state);
        }
        else
        {
            health.SetActive(state, [new NewActiveDestinationHealth(target, flag)]);
        }
    }

    private void PublishActive(Cluster cluster, string reason)
    {
        var from = cluster.Active.Current;
        var to = cluster.Plan.Destinations.FirstOrDefault(d => d.Condition.State is DestinationStatus.Up);
        if (ReferenceEquals(from, to))
        {
            return;
        }

        cluster.Active.Switch(to, reason);
        if (to is null)
        {
            LogNoneLeft(cluster.Name, from!.Name, reason);
        }
        else if (from is null || to.Model.Preference < from.Model.Preference)
        {
            LogFailback(cluster.Name, ActiveDestination.Name(from), to.Name, reason);
        }
        else
        {
            LogFailover(cluster.Name, from.Name, to.Name, reason);
        }
    }

    private void LogState(Cluster cluster, Destination destination, DestinationCondition condition)
    {
        if (condition.State is DestinationStatus.Up)
        {
            LogUp(cluster.Name, destination.Name, destination.Model.Address.ToString(), condition.Reason);
        }
        else
        {
            LogDown(cluster.Name, destination.Name, destination.Model.Address.ToString(), condition.Reason);
        }
    }
}
