using HaProxyNet.Failover;
using HaProxyNet.State;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Maintaining;

/// <summary>
/// Puts decisions into force on this proxy. Each destination keeps its latest one, and destinations are put back before others are taken
/// out: at no moment is a whole cluster out that its lease keeps in service. Any thread.
/// </summary>
internal sealed partial class MaintenanceInForce(IFailoverControl control, ILogger<MaintenanceInForce> logger)
{
    private readonly Lock _gate = new();

    /// <summary>The names that the lease of a cluster counts.</summary>
    public static IReadOnlyCollection<string> NamesOf(Cluster cluster)
        => [.. cluster.Plan.Destinations.Select(destination => destination.Name)];

    /// <summary>What is in force here together with what a store has.</summary>
    public static Agreement Merge(Cluster cluster, MaintenanceSet stored)
        => Agreement.Merge(MaintenanceSet.Of(cluster), stored, NamesOf(cluster));

    /// <summary>Takes over what a store has; returns whether anything has changed here.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="stored">What the store has.</param>
    /// <param name="own">The destination whose change was asked for here, and is logged as such; null: none.</param>
    public bool Follow(Cluster cluster, MaintenanceSet stored, string? own = null)
    {
        lock (_gate)
        {
            var agreement = Merge(cluster, stored);
            var changes = Changes(cluster, agreement.Set);
            foreach (var (destination, decision) in changes)
            {
                var isNews = destination.Maintenance != decision.Maintenance;
                control.SetMaintenance(cluster, destination, decision);
                if (isNews && !destination.IsNamed(own ?? ""))
                {
                    Log(cluster, destination, agreement);
                }
            }

            return changes.Count > 0;
        }
    }

    /// <summary>Decides by what is known here alone, and puts it into force.</summary>
    public Verdict Decide(Cluster cluster, MaintenanceWish wish)
    {
        lock (_gate)
        {
            var verdict = Verdict.Of(MaintenanceSet.Of(cluster), NamesOf(cluster), wish);
            foreach (var (destination, decision) in Changes(cluster, verdict.Set))
            {
                control.SetMaintenance(cluster, destination, decision);
            }

            return verdict;
        }
    }

    /// <summary>What a set changes here, what puts back first.</summary>
    private static List<(Destination Destination, MaintenanceDecision Decision)> Changes(Cluster cluster, MaintenanceSet set) =>
    [
        .. cluster.Plan.Destinations
            .Select(destination => (Destination: destination, Decision: set[destination.Name]))
            .Where(change => change.Decision.IsLaterThan(change.Destination.Decision))
            .OrderBy(change => change.Decision.IsOut),
    ];

    private void Log(Cluster cluster, Destination destination, Agreement agreement)
    {
        var decision = destination.Decision;
        if (agreement.Overruled is { } overruled && destination.IsNamed(agreement.PutBack ?? ""))
        {
            var taken = overruled.Describe();
            LogOverruled(cluster.Name, destination.Name, "enabled", taken);
            return;
        }

        var (level, change) = decision.IsOut ? (LogLevel.Warning, destination.Status.Label()) : (LogLevel.Information, "enabled");
        var origin = decision.Describe();
        LogFollowed(level, cluster.Name, destination.Name, change, origin);
    }

    [LoggerMessage(EventId = EventIds.MaintenanceFollowed, Message = "{Cluster}/{Destination} is {Change} here as well: {Origin}.")]
    private partial void LogFollowed(LogLevel level, string cluster, string destination, string change, string origin);

    [LoggerMessage(EventIds.MaintenanceOverruled, LogLevel.Warning,
        "{Cluster}/{Destination} is {Change} again: it was {Origin} while the maintenance store was away, "
            + "and all others of {Cluster} had been taken out before. One must stay in service.")]
    private partial void LogOverruled(string cluster, string destination, string change, string origin);
}
