using HaProxyNet.Health.Names;
using HaProxyNet.State;
using HaProxyNet.Transport;

namespace HaProxyNet.Health.Scheduling;

/// <content>What a look does for one destination.</content>
internal sealed partial class HealthScheduler
{
    /// <summary>Drills of the configuration before are due up to now, those of a new one from now on.</summary>
    private void LookAtDrills(DateTime wall, List<Func<Task>> due)
    {
        foreach (var (cluster, plan) in _drills.Take(wall))
        {
            foreach (var destination in cluster.Plan.Destinations.Where(one => Drill.IsMeant(cluster, one)))
            {
                StartDrill(cluster, destination, _watches.GetOrCreateValue(destination), plan, due);
            }
        }

        if (Interlocked.Exchange(ref _arePlansNew, 0) != 0)
        {
            _drills.Read(_clusters.All);
        }
    }

    /// <summary>
    /// Starts what is due for a destination, and puts it down for the next look. One that a reload has taken away is let go.
    /// </summary>
    private void Visit(Cluster cluster, Destination destination, long now, List<Func<Task>> due)
    {
        Interlocked.Increment(ref _visits);
        if (!ReferenceEquals(_clusters.Find(cluster.Name), cluster) || Array.IndexOf(cluster.Plan.Destinations, destination) < 0)
        {
            return;
        }

        TellOfFallBack(cluster);
        var watch = _watches.GetOrCreateValue(destination);
        var name = LookAtName(cluster, destination, watch, now, due);
        var health = LookAtHealth(cluster, destination, watch, now, due);
        _agenda.Put(cluster, destination, Math.Min(Math.Min(name, health), now + _time.ToTimestamp(_longestWait)));
    }

    private long LookAtHealth(Cluster cluster, Destination destination, DestinationWatch watch, long now, List<Func<Task>> due)
    {
        var policy = ProbingPlan.Of(cluster.Plan).Policy;
        if (watch.IsBusy)
        {
            watch.EndRowUnless(policy);
            return long.MaxValue;
        }

        var decision = ProbeSchedule.Decide(watch.Of(destination), policy, now, _time.TimestampFrequency);
        switch (decision.Action)
        {
            case ProbeAction.Wait:
                return decision.At;
            case ProbeAction.Probe when watch.TryBegin():
                due.Add(() => RunAsync(
                    cluster, destination, watch, policy, async stopping => await _prober.ProbeAsync(cluster, destination, stopping)));
                break;
            case ProbeAction.Recover when watch.TryBegin():
                due.Add(() => RunAsync(
                    cluster, destination, watch, policy, stopping => _recovery.RunAsync(cluster, destination, policy, stopping)));
                break;
        }

        return long.MaxValue;
    }

    private long LookAtName(Cluster cluster, Destination destination, DestinationWatch watch, long now, List<Func<Task>> due)
    {
        if (watch.LastResolved == 0 && destination.Addresses.Length > 0)
        {
            watch.LastResolved = now;
        }

        var at = watch.IsResolving
            ? null
            : NameSchedule.DueAt(destination, watch.IsBusy, watch.LastResolved, cluster.Plan, _time.TimestampFrequency);
        if (at > now)
        {
            return at.Value;
        }

        if (at is not null)
        {
            (watch.IsResolving, watch.LastResolved) = (true, now);
            due.Add(() => ResolveAsync(cluster, destination, watch));
        }

        return long.MaxValue;
    }

    private void StartDrill(Cluster cluster, Destination destination, DestinationWatch watch, DrillPlan plan, List<Func<Task>> due)
    {
        if (watch.TryBegin())
        {
            var policy = ProbingPlan.Of(cluster.Plan).Policy;
            due.Add(() => RunAsync(
                cluster, destination, watch, policy, stopping => _drill.RunAsync(cluster, destination, plan, stopping)));
        }
        else
        {
            _drill.Skip(cluster, destination);
        }
    }

    private void TellOfFallBack(Cluster cluster)
    {
        if (ProbingPlan.Of(cluster.Plan).Policy.FallsBack && !_hasToldOfFallBack)
        {
            _hasToldOfFallBack = true;
            LogFallBack(cluster.Name);
        }
    }
}
