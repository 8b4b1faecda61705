using System.Collections.Immutable;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Health;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Failover;

/// <summary>
/// Lets <see cref="ActiveChoice"/> decide whenever something has changed, and makes the answer true: the list that connections walk, the
/// counters, the log, the sessions. Any thread.
/// </summary>
internal sealed partial class FailoverDirector : IFailoverControl, IDisposable
{
    /// <summary>How often a failback that waits for its policy is looked at again.</summary>
    private static readonly TimeSpan _lookAgain = TimeSpan.FromMilliseconds(250);

    private readonly CandidatePublisher _publisher;
    private readonly SessionCutter _sessions;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly InternalFaults _faults;
    private readonly ITimer _timer;
    private readonly Lock _waitingGate = new();
    private readonly HashSet<FailoverGroup> _waiting = [];
    private ImmutableList<Action<Cluster>> _observers = [];
    private Action<Cluster, Destination>? _maintenanceChanged;

    public FailoverDirector(
        CandidatePublisher publisher,
        SessionCutter sessions,
        TimeProvider time,
        ILogger<FailoverDirector> logger,
        InternalFaults? faults = null)
    {
        _faults = faults ?? new InternalFaults();
        (_publisher, _sessions, _time, _logger) = (publisher, sessions, time, logger);
        _timer = time.CreateTimer(
            static d => ((FailoverDirector)d!).GuardedLookAgain(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// Registers someone to be told when the candidates or the active destination of a cluster have changed: outside every lock, on the
    /// thread pool.
    /// </summary>
    public void WhenChanged(Action<Cluster> observer) => ImmutableInterlocked.Update(ref _observers, (all, one) => all.Add(one), observer);

    /// <summary>
    /// Registers an observer of what operators set: one that is enabled again is to be probed. It is called outside every
    /// lock of this type.
    /// </summary>
    public void WhenMaintenanceChanged(Action<Cluster, Destination> observer) => _maintenanceChanged += observer;

    public void SetMaintenance(Cluster cluster, Destination destination, MaintenanceDecision decision)
        => SetMaintenance(cluster, destination, decision, begins: false);

    public void RestoreMaintenance(Cluster cluster, Destination destination, MaintenanceDecision decision)
        => SetMaintenance(cluster, destination, decision, begins: true);

    public void Switch(Cluster cluster, Destination destination) => Switch(cluster, destination, begins: false);

    public void RestoreSwitch(Cluster cluster, Destination destination) => Switch(cluster, destination, begins: true);

    public void FailBack(Cluster cluster)
    {
        lock (cluster.Group.Gate)
        {
            cluster.Group.Pinned = null;
            Decide(cluster.Group, SwitchReasons.Failback, goBackNow: true);
        }
    }

    /// <summary>Chooses the active destination of a group's clusters again, and publishes what follows.</summary>
    /// <param name="group">The group.</param>
    /// <param name="reason">What has changed, as a metric label.</param>
    /// <param name="goBackNow">An operator asks for the failback.</param>
    /// <param name="begins">
    /// The listeners are not open yet, and what was known before a restart is taken over: the choice is where this process begins, not a
    /// switch. That no destination can be used is told all the same.
    /// </param>
    public void Decide(FailoverGroup group, string reason, bool goBackNow = false, bool begins = false)
    {
        lock (group.Gate)
        {
            var isWaiting = false;
            var together = group.Clusters.Count > 1 ? Choose(group.Clusters[0], group.Contenders(), goBackNow) : default;
            foreach (var cluster in group.Clusters)
            {
                // A group of which no destination can be used in every cluster is better split than down.
                var choice = cluster.Find(together.Active) is { } agreed && agreed.Status.CanBeGivenConnections()
                    ? together
                    : Choose(cluster, FailoverGroup.ContendersOf(cluster), goBackNow);
                isWaiting |= choice.IsWaiting;
                var active = cluster.Find(choice.Active);
                if (begins && active is not null && cluster.Active.Current is not null)
                {
                    cluster.Active.Begin(active);
                }

                Apply(cluster, active, reason);
            }

            Wait(group, isWaiting);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void SetMaintenance(Cluster cluster, Destination destination, MaintenanceDecision decision, bool begins)
    {
        lock (cluster.Group.Gate)
        {
            var isNews = destination.Maintenance != decision.Maintenance;
            destination.Decision = decision;
            if (!isNews)
            {
                return;
            }

            Decide(cluster.Group, decision.IsOut ? destination.Status.Label() : SwitchReasons.Enabled, begins: begins);
        }

        if (decision.IsOut)
        {
            _sessions.AfterTakenOut(destination);
        }

        _maintenanceChanged?.Invoke(cluster, destination);
    }

    private void Switch(Cluster cluster, Destination destination, bool begins)
    {
        lock (cluster.Group.Gate)
        {
            cluster.Group.Pinned = destination.Name;
            Decide(cluster.Group, SwitchReasons.Switch, begins: begins);
        }
    }

    private Choice Choose(Cluster cluster, IReadOnlyList<Contender> contenders, bool goBackNow) => ActiveChoice.Choose(
        new Situation(
            contenders, cluster.Active.Current?.Name, cluster.Group.Pinned, goBackNow, _time.GetTimestamp(), _time.GetLocalNow().DateTime),
        cluster.Plan.Failback);

    private void Apply(Cluster cluster, Destination? to, string reason)
    {
        var from = cluster.Active.Current;
        if (!ReferenceEquals(from, to))
        {
            Switch(cluster, from, to, reason);
        }

        if (_publisher.Publish(cluster) || !ReferenceEquals(from, to))
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                static state => state.Director.Announce(state.Cluster), (Director: this, Cluster: cluster), preferLocal: false);
        }
    }

    private void GuardedLookAgain() => _faults.Contain(FaultPlace.FailoverTimer, static director => director.LookAgain(), this);

    private void Announce(Cluster cluster)
    {
        foreach (var observer in _observers)
        {
            _faults.Contain(FaultPlace.Announcement, static call => call.Observer(call.Cluster), (Observer: observer, Cluster: cluster));
        }
    }

    private void Switch(Cluster cluster, Destination? from, Destination? to, string reason)
    {
        if (from is not null && to is not null && cluster.Plan.AreEqual(from, to))
        {
            cluster.Active.Replace(to);
            return;
        }

        cluster.Active.Switch(to, reason);
        if (to is null)
        {
            LogNoneLeft(cluster.Name, from!.Name, reason);
        }
        else if (from is null || to.Model.Tier < from.Model.Tier)
        {
            LogFailback(cluster.Name, ActiveDestination.Name(from), to.Name, reason);
            _sessions.AfterFailback(cluster, to);
        }
        else
        {
            LogFailover(cluster.Name, from.Name, to.Name, reason);
        }
    }

    private void Wait(FailoverGroup group, bool isWaiting)
    {
        lock (_waitingGate)
        {
            if (isWaiting ? _waiting.Add(group) && _waiting.Count == 1 : _waiting.Remove(group) && _waiting.Count == 0)
            {
                _timer.Change(isWaiting ? _lookAgain : Timeout.InfiniteTimeSpan, isWaiting ? _lookAgain : Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void LookAgain()
    {
        FailoverGroup[] groups;
        lock (_waitingGate)
        {
            groups = [.. _waiting];
        }

        foreach (var group in groups)
        {
            Decide(group, group.Clusters is [var first, ..] ? ReasonOf(first.Plan.Failback.Mode) : SwitchReasons.Reload);
        }
    }

    private static string ReasonOf(FailbackMode? mode) => mode switch
    {
        FailbackMode.StableFor => SwitchReasons.Stable,
        FailbackMode.WhenIdle => SwitchReasons.Idle,
        FailbackMode.Window => SwitchReasons.Window,
        _ => HealthReason.Connected.Label(),
    };
}
