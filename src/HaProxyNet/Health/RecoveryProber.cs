using System.Collections.Concurrent;
using HaProxyNet.Connecting;
using HaProxyNet.State;
using Polly;
using Polly.Retry;

namespace HaProxyNet.Health;

/// <summary>
/// Probes destinations that are down until they accept. A destination that is up is never probed here: the traffic is its proof.
/// </summary>
internal sealed class RecoveryProber(NameResolver names, TimeProvider time) : IDisposable
{
    /// <summary>The first wait is this part of <c>DownInterval</c>, so that a service that only restarts is soon used again.</summary>
    private const int FirstWaitPart = 8;

    private readonly ConcurrentDictionary<Destination, byte> _running = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Starts to probe, unless a probe of this destination is under way: never more than one at a time.</summary>
    /// <param name="cluster">The cluster, for its intervals.</param>
    /// <param name="destination">The destination that went down.</param>
    /// <param name="report">Is told what each probe saw.</param>
    public void Start(Cluster cluster, Destination destination, Action<Evidence> report)
    {
        if (_running.TryAdd(destination, 0))
        {
            _ = ProbeUntilUpAsync(cluster, destination, report);
        }
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task ProbeUntilUpAsync(Cluster cluster, Destination destination, Action<Evidence> report)
    {
        try
        {
            await Backoff(cluster.Plan.DownInterval).ExecuteAsync(_ => ProbeOnceAsync(cluster, destination, report), _stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // The proxy stops.
        }
        finally
        {
            _running.TryRemove(destination, out _);
        }

        // It may have gone down again between the last report and the removal; then nobody else has started a probe.
        if (IsToBeProbed(cluster, destination) && !_stopping.IsCancellationRequested)
        {
            Start(cluster, destination, report);
        }
    }

    /// <summary>One probe; true when the destination is up now or is no longer ours to probe.</summary>
    private async ValueTask<bool> ProbeOnceAsync(Cluster cluster, Destination destination, Action<Evidence> report)
    {
        if (!IsToBeProbed(cluster, destination))
        {
            return true;
        }

        if (destination.Addresses.Length == 0 && !await names.ResolveAsync(destination, _stopping.Token))
        {
            report(Evidence.Unresolved);
            return false;
        }

        var status = await ConnectProbe.RunAsync(destination.Addresses, cluster.Plan.ConnectTimeout, time);
        destination.Connects.Probed(status);
        if (status.IsEvidence())
        {
            report(status is ConnectStatus.Connected ? Evidence.Accepted : Evidence.Failed(status.Label(), TimeSpan.Zero));
        }

        return status is ConnectStatus.Connected;
    }

    /// <summary>It is down or suspect, and a reload has not taken it out of its cluster.</summary>
    private static bool IsToBeProbed(Cluster cluster, Destination destination)
        => destination.Condition.State is not DestinationStatus.Up && cluster.Plan.Destinations.Contains(destination);

    private ResiliencePipeline<bool> Backoff(TimeSpan longest) => new ResiliencePipelineBuilder<bool> { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions<bool>
        {
            ShouldHandle = static outcome => new ValueTask<bool>(outcome.Outcome.Exception is null && !outcome.Outcome.Result),
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            Delay = longest / FirstWaitPart,
            MaxDelay = longest,
            UseJitter = true,
        })
        .Build();
}
