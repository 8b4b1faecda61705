using System.Net;
using HaProxyNet.State;

namespace HaProxyNet.Health.Probing;

/// <summary>Asks a destination once, and counts and reports what was seen.</summary>
internal sealed class Prober(HealthReporter health, TimeProvider time)
{
    /// <summary>One probe by the cluster's method; its result is evidence.</summary>
    /// <exception cref="OperationCanceledException">The proxy stops.</exception>
    public async ValueTask<ProbeResult> ProbeAsync(Cluster cluster, Destination destination, CancellationToken stopping)
    {
        var policy = cluster.Plan.Probing;
        var began = time.GetTimestamp();
        var result = await AskAsync(cluster, destination, policy.Probe, stopping);
        Report(cluster, destination, result, policy.IsBeyondConnect, began);
        return result;
    }

    /// <summary>
    /// One probe of a destination that is down. Where the cluster's probe asks at another port, the own port must accept before: that may be
    /// what failed.
    /// </summary>
    /// <exception cref="OperationCanceledException">The proxy stops.</exception>
    public async ValueTask<ProbeResult> ProbeDownAsync(Cluster cluster, Destination destination, CancellationToken stopping)
    {
        if (cluster.Plan.Probing.Port is { } port && port != destination.Model.Address.Port)
        {
            var began = time.GetTimestamp();
            var knock = await AskAsync(cluster, destination, ProbePolicy.Knock, stopping, atOwnPort: true);
            if (knock is not ProbeResult.Success)
            {
                Report(cluster, destination, knock, isBeyondConnect: false, began);
                return knock;
            }
        }

        return await ProbeAsync(cluster, destination, stopping);
    }

    /// <summary>Asks the addresses of a destination in order, until one serves, and counts it.</summary>
    /// <exception cref="OperationCanceledException">The proxy stops.</exception>
    public async ValueTask<ProbeResult> AskAsync(
        Cluster cluster, Destination destination, IProbe probe, CancellationToken stopping, bool atOwnPort = false)
    {
        var (policy, host) = (cluster.Plan.Probing, destination.Model.Address.Host);
        var result = ProbeResult.Unreachable;
        foreach (var address in destination.Addresses)
        {
            var at = new IPEndPoint(address.Address, atOwnPort ? address.Port : policy.Port ?? address.Port);
            result = await AskAsync(probe, new ProbeTarget(at, host), policy.Timeout, stopping);
            if (result is ProbeResult.Success)
            {
                break;
            }
        }

        destination.Connects.Probed(probe.Method, result);
        return result;
    }

    /// <summary>Says what a probe saw, if it says anything about the destination.</summary>
    public void Report(Cluster cluster, Destination destination, ProbeResult result, bool isBeyondConnect, long began)
    {
        if (result.IsEvidence())
        {
            var evidence = result is not ProbeResult.Success ? Evidence.Failed(result.Label(), time.GetElapsedTime(began))
                : isBeyondConnect ? Evidence.Answered : Evidence.Accepted;
            health.Report(cluster, destination, evidence with { IsBeyondConnect = isBeyondConnect });
        }
    }

    private async ValueTask<ProbeResult> AskAsync(IProbe probe, ProbeTarget target, TimeSpan timeout, CancellationToken stopping)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping);
        try
        {
            return await probe.RunAsync(target, either.Token);
        }
        catch (Exception fault) when (ProbeResults.Classify(fault) is not null)
        {
            stopping.ThrowIfCancellationRequested();
            return ProbeResults.Classify(fault)!.Value;
        }
    }
}
