using HaProxyNet.Configuration.Health;
using HaProxyNet.Failover;
using HaProxyNet.Health.Scheduling;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Telemetry.Troubles;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Health;

/// <summary>
/// Takes evidence about destinations, lets <see cref="HealthMachine"/> decide, and tells those whom a change concerns: the director, the
/// log, the scheduler of probes. Any thread.
/// </summary>
internal sealed partial class HealthReporter(
    FailoverDirector director, SessionCutter sessions, ProxyMetrics metrics, TimeProvider time, ILogger<HealthReporter> logger,
    TroubleFeed? troubles = null)
{
    private Action<Cluster, Destination?>? _changed;

    /// <summary>
    /// Registers an observer of what may be a reason to probe: a change of a destination, or, without one, of its whole cluster. It is
    /// called inside locks and must not wait for any.
    /// </summary>
    public void WhenChanged(Action<Cluster, Destination?> observer) => _changed += observer;

    /// <summary>Reports what was seen of a destination. Good news about one that is up costs a look and no lock.</summary>
    public void Report(Cluster cluster, Destination destination, Evidence evidence)
    {
        var now = time.GetTimestamp();
        if (evidence.Success)
        {
            destination.LastProven = now;
            if (destination.Condition is { State: DestinationStatus.Up } known
                && (known.Failures == 0 || known.FailsBeyondWhatWasSeenBy(evidence)))
            {
                return;
            }
        }

        if (evidence.Kind is EvidenceKind.Failure)
        {
            troubles?.Add(Attempt(cluster, destination, evidence));
        }

        lock (cluster.Group.Gate)
        {
            var before = destination.Condition;
            var after = HealthMachine.Next(before, evidence, cluster.Plan.Health, IsNeeded(cluster, destination), now);
            destination.Condition = after;
            if (before.State != after.State || (after.State is DestinationStatus.Up && before.Failures != after.Failures))
            {
                _changed?.Invoke(cluster, destination);
            }

            if (before.State != after.State || before.Reason != after.Reason)
            {
                Tell(cluster, destination, before, after, evidence);
            }
        }
    }

    /// <summary>Takes over what was known before a restart. Before the listeners open: it is told as no failover.</summary>
    public void Restore(Cluster cluster, Destination destination, DestinationCondition known)
    {
        lock (cluster.Group.Gate)
        {
            destination.Condition = known;
            director.Decide(cluster.Group, known.Reason.Label(), begins: true);
        }

        _changed?.Invoke(cluster, destination);
    }

    /// <summary>The destinations of a cluster have changed with its configuration.</summary>
    public void Reconsider(Cluster cluster)
    {
        director.Decide(cluster.Group, SwitchReasons.Reload);
        _changed?.Invoke(cluster, null);
    }

    /// <summary>Whether no other destination can be used.</summary>
    private static bool IsNeeded(Cluster cluster, Destination destination)
        => !cluster.Plan.Destinations.Any(other => !ReferenceEquals(other, destination) && other.Status.CanBeGivenConnections());

    private void Tell(Cluster cluster, Destination destination, DestinationCondition before, DestinationCondition after, Evidence evidence)
    {
        if (before.State != after.State)
        {
            LogState(cluster, destination, after, evidence);
        }

        director.Decide(cluster.Group, after.Reason.Label());
        if (after.State is DestinationStatus.Down && before.State is not DestinationStatus.Down)
        {
            metrics.Detection.Of(cluster.Name).Observe(evidence.Took);
            sessions.AfterFailure(cluster, destination);
        }
    }

    private FailedAttempt Attempt(Cluster cluster, Destination destination, Evidence evidence)
    {
        var (configured, tried) =
            (destination.Model.Address.ToString(), string.Join(", ", destination.Addresses.Select(a => a.ToString())));
        var address = tried.Length == 0 || tried == configured ? configured : $"{configured} ({tried})";
        var took = Math.Round(evidence.Took.TotalMilliseconds, 3);
        return new(time.GetUtcNow(), cluster.Name, destination.Name, address, evidence.Reason.Label(), took) { IsProbe = evidence.IsProbe };
    }

    private static string Next(Cluster cluster, DestinationCondition condition) => ProbingPlan.Of(cluster.Plan).Policy.Mode switch
    {
        _ when condition.Reason is HealthReason.Loop
            => "Its address leads back to a listener of this proxy: correct Address, what its name resolves to, or the NAT rule that "
                + "redirects it",
        ProbeMode.Never => "Health.Probe is Never: it is not probed",
        _ when condition.FailsBeyond.HasFlag(EvidenceScope.Handshake) => "It is probed until a TLS handshake succeeds",
        _ => "It is probed until it accepts again",
    };

    private void LogState(Cluster cluster, Destination destination, DestinationCondition condition, Evidence evidence)
    {
        var address = destination.Model.Address.ToString();
        switch (condition.State)
        {
            case DestinationStatus.Up:
                LogUp(cluster.Name, destination.Name, address, condition.Reason.Label());
                break;
            case DestinationStatus.Suspect:
                LogSuspect(cluster.Name, destination.Name, address);
                break;
            default:
                LogDown(
                    cluster.Name,
                    destination.Name,
                    address,
                    condition.Reason.Label(),
                    Next(cluster, condition),
                    Math.Round(evidence.Took.TotalMilliseconds, 3));
                break;
        }
    }
}
