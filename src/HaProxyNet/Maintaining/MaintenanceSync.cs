using HaProxyNet.Failover.Operators;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Maintaining;

/// <summary>
/// Keeps this proxy and the shared store in agreement: reads it once before the listeners open, then at each change and once a second in
/// any case. What was decided here while the store was away is written when it is back. It exists only with a shared store, and nothing
/// waits for it.
/// </summary>
internal sealed partial class MaintenanceSync(
    ISharedStore store, StoreCondition condition, MaintenanceInForce inForce, OperatorMemory memory, ClusterDirectory clusters,
    InternalFaults faults,
    TimeProvider time, ILogger<MaintenanceSync> logger)
    : BackgroundService, IHostedLifecycleService
{
    /// <summary>The longest that a start waits for the store.</summary>
    internal static readonly TimeSpan LongestWaitAtStart = TimeSpan.FromSeconds(3);

    /// <summary>A watch may end without a word: what it would have told is read after so long.</summary>
    private static readonly TimeSpan _pace = TimeSpan.FromSeconds(1);

    /// <summary>A watch that calls again and again costs the store ten reads a second at most.</summary>
    private static readonly TimeSpan _rest = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim _changed = new(0, 1);
    private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);

    public Task StartingAsync(CancellationToken cancellationToken) => AgreeAsync(LongestWaitAtStart, cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Dispose()
    {
        base.Dispose();
        _changed.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
        => Task.WhenAll(AgreeOnAsync(stoppingToken), WatchOnAsync(stoppingToken));

    private async Task AgreeOnAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(stop);
            await Task.WhenAny(_changed.WaitAsync(pause.Token), Task.Delay(_pace, time, pause.Token));
            await pause.CancelAsync();
            if (!stop.IsCancellationRequested)
            {
                await AgreeAsync(MaintenanceLedger.LongestWait, stop);
                await Task.WhenAny(Task.Delay(_rest, time, stop));
            }
        }
    }

    private async Task WatchOnAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await store.WatchAsync(Wake, stop);
            }
            catch (StoreAwayException)
            {
                // The code that reads it says so.
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The boundary.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                faults.Report(FaultPlace.Background, fault);
            }

            await Task.WhenAny(Task.Delay(_pace, time, stop));
        }
    }

    private void Wake()
    {
        try
        {
            _changed.Release();
        }
        catch (SemaphoreFullException)
        {
            // It will look anyway.
        }
        catch (ObjectDisposedException)
        {
            // The proxy has ended.
        }
    }

    /// <summary>One round, bounded. It never throws.</summary>
    private async Task AgreeAsync(TimeSpan longest, CancellationToken stop)
    {
        using var bound = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, stop);
        try
        {
            if (await AgreeAsync(either.Token) is { } problem)
            {
                condition.Away(problem);
            }
            else
            {
                condition.Up();
            }
        }
        catch (StoreAwayException away)
        {
            condition.Away(away.Message);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            if (!stop.IsCancellationRequested)
            {
                condition.Away($"no answer within {longest.TotalSeconds} s");
            }
        }
#pragma warning disable CA1031 // The boundary.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            faults.Report(FaultPlace.Background, fault);
        }
    }

    /// <summary>Agrees about each cluster; returns what could not be read, or null.</summary>
    private async Task<string?> AgreeAsync(CancellationToken stop)
    {
        var (all, hasChanged, problem) = (await store.ReadAllAsync(stop), false, (string?)null);
        foreach (var cluster in clusters.All)
        {
            var stored = all.GetValueOrDefault(cluster.Name, StoredSet.Nothing);
            problem ??= stored.Problem;
            hasChanged |= stored.Problem is null && await AgreeAsync(cluster, stored, stop);
        }

        if (hasChanged)
        {
            memory.Save();
        }

        return problem;
    }

    private async Task<bool> AgreeAsync(Cluster cluster, StoredSet stored, CancellationToken stop)
    {
        while (true)
        {
            var merged = MaintenanceInForce.Merge(cluster, stored.Set).Set;
            if (merged.Equals(stored.Set) || await store.TryReplaceAsync(cluster.Name, merged, stored.Revision, stop))
            {
                Remember(cluster.Name, stored, merged);
                return inForce.Follow(cluster, stored.Set);
            }

            stored = await store.ReadAsync(cluster.Name, stop);
            if (stored.Problem is { } problem)
            {
                throw new StoreAwayException(problem);
            }
        }
    }

    private void Remember(string cluster, StoredSet stored, MaintenanceSet merged)
    {
        if (stored.Revision > 0 || merged.Decisions.Count > 0)
        {
            if (!_seen.Add(cluster) && stored.Revision == 0)
            {
                LogRefilled(cluster);
            }
        }
    }

    [LoggerMessage(EventIds.MaintenanceStoreRefilled, LogLevel.Warning,
        "The maintenance store had lost what operators had set in {Cluster}: this proxy has written it again. Look who empties the store.")]
    private partial void LogRefilled(string cluster);
}
