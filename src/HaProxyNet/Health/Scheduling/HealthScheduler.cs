using System.Runtime.CompilerServices;
using HaProxyNet.Health.Names;
using HaProxyNet.Listening;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Transport;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Health.Scheduling;

/// <summary>
/// Starts what is due: probes, name look-ups, drills. One timer for all destinations; it rings when the next thing is due, and somebody
/// rings when something has changed.
/// </summary>
internal sealed partial class HealthScheduler : IHostedService, IDisposable
{
    /// <summary>The clock on the wall may be set meanwhile, and a drill is by that clock.</summary>
    private static readonly TimeSpan _longestWait = TimeSpan.FromMinutes(1);

    /// <summary>A fault that comes with every probe is not to fill the log.</summary>
    private static readonly TimeSpan _afterFault = TimeSpan.FromMinutes(1);

    /// <summary>A round is for all destinations: those that are down must not wait long for the next one.</summary>
    private static readonly TimeSpan _afterFailedRound = TimeSpan.FromSeconds(1);

    private readonly ClusterDirectory _clusters;
    private readonly HealthReporter _health;
    private readonly Prober _prober;
    private readonly Recovery _recovery;
    private readonly NameResolver _names;
    private readonly Drill _drill;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly InternalFaults _faults;
    private readonly ServingGate _serving;
    private readonly Succession _succession;
    private readonly Lock _gate = new();
    private readonly ConditionalWeakTable<Destination, DestinationWatch> _watches = [];
    private readonly CancellationTokenSource _stopping = new();
    private DateTime _lastLook;
    private int _isRung;
    private bool _hasToldOfFallBack;

    public HealthScheduler(
        ClusterDirectory clusters, HealthReporter health, Prober prober, Recovery recovery, NameResolver names, Drill drill,
        InternalFaults faults,
        TimeProvider time, ILogger<HealthScheduler> logger, ServingGate? serving = null, Succession? succession = null)
    {
        (_faults, _serving, _succession) = (faults, serving ?? ServingGate.Opened, succession ?? new Succession());
        (_clusters, _health, _prober, _recovery, _names, _drill) = (clusters, health, prober, recovery, names, drill);
        (_time, _logger) = (time, logger);
        _timer =
            time.CreateTimer(static s => ((HealthScheduler)s!).GuardedLook(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _lastLook = _time.GetLocalNow().DateTime;
        _health.WhenChanged(Ring);
        _succession.When(_ => _stopping.CancelAsync());
        return BeginAsync();
    }

    public Task StopAsync(CancellationToken cancellationToken) => _stopping.CancelAsync();

    public void Dispose()
    {
        _timer.Dispose();
        _stopping.Dispose();
    }

    /// <summary>While another process serves, it probes.</summary>
    private Task BeginAsync()
    {
        if (_serving.WhenOpen.IsCompleted)
        {
            Look();
            return Task.CompletedTask;
        }

        _ = _faults.ContainAsync(
            FaultPlace.HealthTimer,
            static async scheduler =>
            {
                await scheduler._serving.WhenOpen;
                scheduler.Look();
            },
            this);
        return Task.CompletedTask;
    }

    /// <summary>Looks soon, on a thread of the pool: the caller may hold a lock.</summary>
    private void Ring()
    {
        if (Interlocked.Exchange(ref _isRung, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static s => s.GuardedLook(), this, preferLocal: false);
        }
    }

    /// <summary>A round that fails is followed by another one: without it no destination would ever come back.</summary>
    private void GuardedLook()
    {
        Volatile.Write(ref _isRung, 0);
        var before = _faults[FaultPlace.HealthTimer];
        _faults.Contain(FaultPlace.HealthTimer, static scheduler => scheduler.Look(), this);
        if (_faults[FaultPlace.HealthTimer] != before)
        {
            _timer.Change(_afterFailedRound, Timeout.InfiniteTimeSpan);
        }
    }

    private void Look()
    {
        if (!_serving.WhenOpen.IsCompleted)
        {
            return;
        }

        List<Func<Task>> due = [];
        lock (_gate)
        {
            if (_stopping.IsCancellationRequested)
            {
                return;
            }

            var now = _time.GetTimestamp();
            var wall = _time.GetLocalNow().DateTime;
            var next = now + _time.ToTimestamp(_longestWait);
            foreach (var cluster in _clusters.All)
            {
                TellOfFallBack(cluster);
                var isDrill = ProbingPlan.Of(cluster.Plan).Drill is { } drill && drill.IsDue(_lastLook, wall);
                foreach (var destination in cluster.Plan.Destinations)
                {
                    var watch = _watches.GetOrCreateValue(destination);
                    next = Math.Min(next, LookAtName(cluster, destination, watch, now, due));
                    if (isDrill && Drill.IsMeant(cluster, destination))
                    {
                        StartDrill(cluster, destination, watch, ProbingPlan.Of(cluster.Plan).Drill!, due);
                    }

                    next = Math.Min(next, LookAtHealth(cluster, destination, watch, now, due));
                }

                next = ProbingPlan.Of(cluster.Plan).Drill is { } appointment
                    ? Math.Min(next, now + _time.ToTimestamp(appointment.Until(wall)))
                    : next;
            }

            _lastLook = wall;
            _timer.Change(
                TimeSpan.FromMilliseconds(Math.Ceiling(_time.GetElapsedTime(now, next).TotalMilliseconds)), Timeout.InfiniteTimeSpan);
        }

        // What they see takes other locks.
        due.ForEach(start => _ = _faults.ContainAsync(FaultPlace.Probe, static begin => begin(), start));
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
                due.Add(
                    () => RunAsync(destination, watch, policy, async stopping => await _prober.ProbeAsync(cluster, destination, stopping)));
                break;
            case ProbeAction.Recover when watch.TryBegin():
                due.Add(() => RunAsync(destination, watch, policy, stopping => _recovery.RunAsync(cluster, destination, policy, stopping)));
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
            due.Add(() => RunAsync(
                destination,
                watch,
                ProbingPlan.Of(cluster.Plan).Policy,
                stopping => _drill.RunAsync(cluster, destination, plan, stopping)));
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

    [LoggerMessage(EventIds.HalfOpenImpossible, LogLevel.Warning,
        "Probes of {Cluster} connect and reset, which the agents' accept() sees: Health.Method HalfOpen needs Linux. Set it to Connect to "
            + "say that you know.")]
    private partial void LogFallBack(string cluster);
}
