using HaProxyNet.Configuration;
using HaProxyNet.State;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Maintaining;

/// <summary>
/// Carries out what operators decide: in the store by compare-and-swap, and then on this proxy. A command never waits long for the store;
/// without it, the decision holds here, and the answer says so.
/// </summary>
internal sealed class MaintenanceLedger(
    IMaintenanceStore store,
    StoreCondition condition,
    MaintenanceInForce inForce,
    ProxyOptions options,
    TimeProvider time)
{
    /// <summary>The longest that a command waits for the store.</summary>
    internal static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>Takes a destination out, or puts it back.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="destination">The destination.</param>
    /// <param name="maintenance">How it is to be.</param>
    /// <param name="by">The user.</param>
    /// <param name="isForced">Whether the operator insists.</param>
    public async Task<MaintenanceChange> ChangeAsync(
        Cluster cluster,
        Destination destination,
        Maintenance maintenance,
        string by,
        bool isForced)
    {
        var wish = new MaintenanceWish(cluster.Name, destination.Name, new(maintenance)
        {
            Node = options.Maintenance.NodeName,
            By = by,
            At = time.GetUtcNow(),
            IsForced = isForced && maintenance is not Maintenance.None,
        });
        using var bound = new CancellationTokenSource(LongestWait, time);
        try
        {
            return await ChangeAsync(cluster, wish, bound.Token);
        }
        catch (StoreAwayException away)
        {
            return Locally(cluster, wish, away.Message);
        }
        catch (OperationCanceledException) when (bound.IsCancellationRequested)
        {
            return Locally(cluster, wish, $"no answer within {LongestWait.TotalSeconds} s");
        }
    }

    private async Task<MaintenanceChange> ChangeAsync(Cluster cluster, MaintenanceWish wish, CancellationToken stop)
    {
        while (true)
        {
            var stored = await store.ReadAsync(cluster.Name, stop);
            if (stored.Problem is { } problem)
            {
                throw new StoreAwayException(problem);
            }

            var verdict = Verdict.Of(MaintenanceInForce.Merge(cluster, stored.Set).Set, MaintenanceInForce.NamesOf(cluster), wish);
            if (verdict.Set.Equals(stored.Set) || await store.TryReplaceAsync(cluster.Name, verdict.Set, stored.Revision, stop))
            {
                inForce.Follow(cluster, verdict.Set, own: verdict.HasChanged ? wish.Destination : null);
                return new(verdict.HasChanged, verdict.Refusal, []);
            }

            // The answer may have been lost, and the request repeated: what was tried is known again when it is read.
            wish = wish with { Decision = verdict.Set[wish.Destination] };
        }
    }

    /// <summary>By what is known here. Other proxies hear of it when the store is back.</summary>
    private MaintenanceChange Locally(Cluster cluster, MaintenanceWish wish, string problem)
    {
        condition.Away(problem);
        var verdict = inForce.Decide(cluster, wish);
        return new(
            verdict.HasChanged,
            verdict.Refusal,
            [$"this holds on {options.Maintenance.NodeName} only, until the maintenance store can be used again: {problem}"]);
    }
}
