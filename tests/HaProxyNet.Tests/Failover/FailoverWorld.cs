using HaProxyNet.Configuration;
using HaProxyNet.Failover;
using HaProxyNet.Health;
using HaProxyNet.State;
using HaProxyNet.State.Selecting;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging.Abstractions;

namespace HaProxyNet.Tests.Failover;

/// <summary>
/// The whole decision, without a network: evidence goes into the health machine, the director chooses, and the order of candidates follows.
/// It keeps its own account of what it sees, for the counters to be checked against.
/// </summary>
internal sealed class FailoverWorld : IDisposable
{
    /// <summary>How often the director looks again while a failback waits; all times here are a multiple of it.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private static readonly ProxyMetrics _metrics = new();
    private readonly SessionCutter _sessions;
    private readonly FailoverDirector _director;
    private readonly Dictionary<Cluster, Account> _accounts;

    public FailoverWorld(ProxyOptions options)
    {
        var directory = new ClusterDirectory(options, new KnownAddresses(), _metrics, Time);
        Clusters = [.. directory.All];

        // No connection is open here, so nothing is ever cut, and YARP has not loaded the clusters.
        _sessions = new SessionCutter(new NoLanes(), Time, NullLogger<SessionCutter>.Instance);
        _director = new FailoverDirector(
            new CandidatePublisher(health: null!, destinations: null!), _sessions, Time, NullLogger<FailoverDirector>.Instance);
        _accounts = Clusters.ToDictionary(c => c, c => new Account { Active = c.Active.Current });
    }

    public JumpingTime Time { get; } = new();

    public IReadOnlyList<Cluster> Clusters { get; }

    public Cluster Cluster => Clusters[0];

    public string? Active => Cluster.Active.Current?.Name;

    public static bool IsUsable(Destination destination) => destination.Status.CanBeGivenConnections();

    public void See(Cluster cluster, Destination destination, Evidence evidence)
    {
        var isNeeded = !cluster.Plan.Destinations.Any(other => !ReferenceEquals(other, destination) && IsUsable(other));
        destination.Condition = HealthMachine.Next(destination.Condition, evidence, cluster.Plan.Health, isNeeded, Time.GetTimestamp());
        _director.Decide(cluster.Group, evidence.Reason.Label());
        Note();
    }

    public void SetMaintenance(Cluster cluster, Destination destination, Maintenance maintenance)
    {
        _director.SetMaintenance(cluster, destination, new(maintenance));
        Note();
    }

    public void Switch(Cluster cluster, Destination destination)
    {
        _director.Switch(cluster, destination);
        Note();
    }

    public void FailBack(Cluster cluster)
    {
        _director.FailBack(cluster);
        Note();
    }

    public void Pass(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Tick)
        {
            foreach (var account in _accounts.Values.Where(a => a.Active is { Model.Tier: > 0 }))
            {
                account.OnSecondary += Tick;
            }

            Time.Advance(Tick);
            Note();
        }
    }

    /// <summary>What must hold at every moment.</summary>
    public void Check()
    {
        foreach (var cluster in Clusters)
        {
            CheckOrder(cluster);
            CheckCounters(cluster.Active, _accounts[cluster]);
        }

        var names = Cluster.Plan.Destinations.Select(d => d.Name);
        if (names.Any(name => Clusters.All(c => IsUsable(c.Find(name)!))))
        {
            Assert.Single(Clusters.Select(c => c.Active.Current!.Name).Distinct());
        }
    }

    /// <summary>The operator takes everything back and all destinations accept, for longer than any hold-down.</summary>
    public void Recover()
    {
        foreach (var cluster in Clusters)
        {
            Array.ForEach(cluster.Plan.Destinations, d => SetMaintenance(cluster, d, Maintenance.None));
        }

        for (var second = 0; second <= 61; second++)
        {
            foreach (var cluster in Clusters)
            {
                Array.ForEach(cluster.Plan.Destinations, d => See(cluster, d, Evidence.Accepted));
            }

            Pass(TimeSpan.FromSeconds(1));
        }

        FailBack(Cluster);
    }

    public void Dispose()
    {
        _director.Dispose();
        _sessions.Dispose();
    }

    private static void CheckOrder(Cluster cluster)
    {
        var (all, active) = (cluster.Plan.Destinations, cluster.Active.Current);
        Assert.Equal(all.Any(IsUsable), active is not null);
        Assert.True(active is null || IsUsable(active));

        var order = CandidateOrder.Order(all, active);
        Assert.Equal(order.Distinct(), order);
        Assert.Equal(order.Select(d => d.Status).Order(), order.Select(d => d.Status));
        Assert.Subset(order.ToHashSet(), all.Where(IsUsable).ToHashSet());
        Assert.DoesNotContain(order, d => d.Status is DestinationStatus.Draining or DestinationStatus.Disabled);
        Assert.True(active is not { Status: DestinationStatus.Up } || ReferenceEquals(active, order[0]));
    }

    private static void CheckCounters(ActiveDestination active, Account account)
    {
        Assert.Equal(account.Switches, active.Switches.Read().Sum(s => s.Count));
        Assert.Equal(account.LastSwitch, active.LastSwitch);
        Assert.Equal(account.OnSecondary, active.OnSecondary);
    }

    private void Note()
    {
        foreach (var (cluster, account) in _accounts)
        {
            if (!ReferenceEquals(account.Active, cluster.Active.Current))
            {
                (account.Active, account.LastSwitch) = (cluster.Active.Current, Time.GetUtcNow());
                account.Switches++;
            }
        }
    }

    private sealed class Account
    {
        public Destination? Active { get; set; }

        public int Switches { get; set; }

        public DateTimeOffset? LastSwitch { get; set; }

        public TimeSpan OnSecondary { get; set; }
    }
}
