using System.Runtime.CompilerServices;
using HaProxyNet.Failover;
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
/// rings when something has changed. A look visits what is due or has changed, not all destinations.
/// </summary>
internal sealed partial class HealthScheduler : IHostedService, IDisposable
{
    /// <summary>
    /// The clock on the wall may be set meanwhile, and a drill is by that clock. No destination is left alone for longer, whatever happens.
    /// </summary>
    private static readonly TimeSpan _longestWait = TimeSpan.FromMinutes(1);

    /// <summary>
    /// A fault that comes with every probe is not to keep a processor busy, and a destination that is down is to come back all the same.
    /// </summary>
    private static readonly TimeSpan _afterFault = TimeSpan.FromSeconds(1);

    /// <summary>A round is for all destinations: those that are down must not wait long for the next one.</summary>
    private static readonly TimeSpan _afterFailedRound = TimeSpan.FromSeconds(1);

    /// <summary>More than setting a timer takes.</summary>
    private static readonly TimeSpan _moment = TimeSpan.FromMilliseconds(2);

    /// <summary>A machine that is this slow rings a little late.</summary>
    private const int AttemptsToSet = 3;

    private readonly ClusterDirectory _clusters;
    private readonly HealthReporter _health;
    private readonly FailoverDirector _director;
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
    private readonly Agenda _agenda = new();
    private readonly DrillCalendar _drills;
    private int _isRung;
    private int _arePlansNew = 1;
    private long _visits;
    private bool _hasToldOfFallBack;

    public HealthScheduler(
        ClusterDirectory clusters, HealthReporter health, FailoverDirector director, Prober prober, Recovery recovery, NameResolver names,
        Drill drill, InternalFaults faults,
        TimeProvider time, ILogger<HealthScheduler> logger, ServingGate? serving = null, Succession? succession = null)
    {
        (_faults, _serving, _succession) = (faults, serving ?? ServingGate.Opened, succession ?? new Succession());
        (_clusters, _health, _director, _prober, _recovery, _names, _drill) = (clusters, health, director, prober, recovery, names, drill);
        (_time, _logger) = (time, logger);
        _drills = new DrillCalendar(time.GetLocalNow().DateTime);
        _timer =
            time.CreateTimer(static s => ((HealthScheduler)s!).GuardedLook(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many destinations were looked at so far: it grows with what happens, not with what is configured.</summary>
    public long Visits => Interlocked.Read(ref _visits);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _health.WhenChanged(Note);
        _director.WhenMaintenanceChanged(Note);
        NoteAll();
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

    /// <summary>
    /// Something of a destination has changed, or, without one, the configuration of its cluster. The caller may hold a lock.
    /// </summary>
    private void Note(Cluster cluster, Destination? destination)
    {
        if (destination is not null)
        {
            _agenda.Note(cluster, destination);
        }
        else
        {
            _agenda.Note(cluster);
            Volatile.Write(ref _arePlansNew, 1);
        }

        Ring();
    }

    private void NoteAll()
    {
        foreach (var cluster in _clusters.All)
        {
            _agenda.Note(cluster);
        }
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
            NoteAll();
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

            var (now, wall) = (_time.GetTimestamp(), _time.GetLocalNow().DateTime);
            LookAtDrills(wall, due);
            while (_agenda.Take(now) is { } entry)
            {
                Visit(entry.Cluster, entry.Destination, now, due);
            }

            var next = Math.Min(_agenda.NextAt ?? long.MaxValue, now + _time.ToTimestamp(_longestWait));
            next = _drills.Until(wall) is { } drill ? Math.Min(next, now + _time.ToTimestamp(drill)) : next;
            RingAt(next);
        }

        // What they see takes other locks.
        due.ForEach(static start => _ = start());
    }

    /// <summary>
    /// Sets the timer. The clock goes on meanwhile; where that is more than a moment, the timer would ring late by as much.
    /// </summary>
    private void RingAt(long next)
    {
        for (var attempt = 0; attempt < AttemptsToSet; attempt++)
        {
            var now = _time.GetTimestamp();
            var wait = Math.Max(0, Math.Ceiling(_time.GetElapsedTime(now, next).TotalMilliseconds));
            _timer.Change(TimeSpan.FromMilliseconds(wait), Timeout.InfiniteTimeSpan);
            if (_time.GetElapsedTime(now) < _moment)
            {
                return;
            }
        }
    }

    [LoggerMessage(EventIds.HalfOpenImpossible, LogLevel.Warning,
        "Probes of {Cluster} connect and reset, which the agents' accept() sees: Health.Method HalfOpen needs Linux. Set it to Connect to "
            + "say that you know.")]
    private partial void LogFallBack(string cluster);
}
