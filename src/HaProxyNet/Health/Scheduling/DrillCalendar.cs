using HaProxyNet.State;

namespace HaProxyNet.Health.Scheduling;

/// <summary>Which clusters have a drill, and when the next one is, by the clock on the wall. One caller at a time.</summary>
/// <param name="now">The time at which it begins.</param>
internal sealed class DrillCalendar(DateTime now)
{
    private (Cluster Cluster, DrillPlan Plan)[] _appointments = [];
    private DateTime _lastLook = now;
    private DateTime _next = DateTime.MaxValue;

    /// <summary>Takes over the drills of the configuration, after those of the one before were taken.</summary>
    public void Read(IEnumerable<Cluster> clusters)
    {
        _appointments =
        [
            .. from cluster in clusters
               let drill = ProbingPlan.Of(cluster.Plan).Drill
               where drill is not null
               select (cluster, drill),
        ];
        _next = Next(_lastLook);
    }

    /// <summary>The drills whose time has come since the last call. Between two drills it costs nothing.</summary>
    public IReadOnlyList<(Cluster Cluster, DrillPlan Plan)> Take(DateTime wall)
    {
        var (last, isBefore) = (_lastLook, wall < _next && wall >= _lastLook);
        _lastLook = wall;
        if (isBefore)
        {
            return [];
        }

        _next = Next(wall);
        return Array.FindAll(_appointments, one => one.Plan.IsDue(last, wall));
    }

    /// <summary>How long it is until the next drill; null: there is none.</summary>
    public TimeSpan? Until(DateTime wall) => _appointments.Length == 0 ? null : _next - wall;

    private DateTime Next(DateTime wall)
        => _appointments.Length == 0 ? DateTime.MaxValue : wall + _appointments.Min(one => one.Plan.Until(wall));
}
