using HaProxyNet.Configuration.Health;
using HaProxyNet.Health.Names;
using HaProxyNet.State;
using HaProxyNet.Vocabulary;
using Polly;
using Polly.Retry;

namespace HaProxyNet.Health.Scheduling;

/// <summary>Probes a destination that is down, with growing waits, until it is up.</summary>
internal sealed class Recovery(Prober prober, NameResolver names, HealthReporter health, TimeProvider time)
{
    /// <summary>Polly's limit; an operator who has set more than a day will not miss the rest.</summary>
    private static readonly TimeSpan _longestWait = TimeSpan.FromDays(1);

    private int _asked;

    /// <summary>Returns when the destination is up, or is to be probed in another way or no more.</summary>
    /// <exception cref="OperationCanceledException">The proxy stops, or a reload has made another policy.</exception>
    public async Task RunAsync(Cluster cluster, Destination destination, ProbePolicy policy, CancellationToken stopping)
    {
        var wait = new RecoveryWait(policy.DownInterval < _longestWait ? policy.DownInterval : _longestWait);
        var began = 0L;
        Interlocked.Increment(ref _asked);
        try
        {
            await Backoff(After).ExecuteAsync(
                token =>
                {
                    began = time.GetTimestamp();
                    return ProbeOnceAsync(cluster, destination, policy, token);
                },
                stopping);
        }
        finally
        {
            Interlocked.Decrement(ref _asked);
        }

        TimeSpan After(int attempt)
            => wait.After(attempt, time.GetElapsedTime(began), Random.Shared.NextDouble(), Volatile.Read(ref _asked));
    }

    /// <summary>One probe; true when the destination is up now or is no longer this row's to probe.</summary>
    private async ValueTask<bool> ProbeOnceAsync(Cluster cluster, Destination destination, ProbePolicy policy, CancellationToken stopping)
    {
        if (!IsToBeProbed(cluster, destination, policy))
        {
            return true;
        }

        if (destination.Maintenance is Maintenance.Disabled)
        {
            // Not a packet until it is enabled.
            return false;
        }

        if (destination.Addresses.Length == 0 && await names.ResolveAsync(destination, stopping) is Resolution.Failed)
        {
            health.Report(cluster, destination, Evidence.Unresolved);
            return false;
        }

        await prober.ProbeFailedAsync(cluster, destination, stopping);
        return !IsToBeProbed(cluster, destination, policy);
    }

    /// <summary>It is down or suspect, and a reload has changed neither its cluster nor the way it is probed.</summary>
    private static bool IsToBeProbed(Cluster cluster, Destination destination, ProbePolicy policy)
        => destination.Condition.State is not DestinationStatus.Up
            && ProbingPlan.Of(cluster.Plan).Policy == policy
            && policy.Mode is not ProbeMode.Never
            && cluster.Plan.Destinations.Contains(destination);

    private ResiliencePipeline<bool> Backoff(Func<int, TimeSpan> wait) => new ResiliencePipelineBuilder<bool> { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions<bool>
        {
            ShouldHandle = static outcome => new ValueTask<bool>(outcome.Outcome.Exception is null && !outcome.Outcome.Result),
            MaxRetryAttempts = int.MaxValue,
            DelayGenerator = arguments => new ValueTask<TimeSpan?>(wait(arguments.AttemptNumber)),
        })
        .Build();
}
