using HaProxyNet.State;
using HaProxyNet.Telemetry;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Health.Probing;

/// <content>What was started, and its end.</content>
internal sealed partial class HealthScheduler
{
    private async Task RecoverAsync(Cluster cluster, Destination destination, DestinationWatch watch, ProbePolicy policy, CancellationToken stopping)
    {
        using var row = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        watch.BeginRow(row, policy);
        try
        {
            await _recovery.RunAsync(cluster, destination, policy, row.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // A reload: the next look begins another row, if there is to be one.
        }
        finally
        {
            watch.EndRow();
        }
    }

    /// <summary>Runs what asks a destination. Nothing that it meets may end the watch.</summary>
    private async Task RunAsync(Destination destination, DestinationWatch watch, Func<CancellationToken, Task> ask)
    {
        try
        {
            await GuardedAsync(destination, ask);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        watch.End(_time.GetTimestamp());
        Ring();
    }

    private async Task GuardedAsync(Destination destination, Func<CancellationToken, Task> ask)
    {
        try
        {
            await ask(_stopping.Token);
        }
#pragma warning disable CA1031 // The last line of defence: one probe's fault must not end the others.
        catch (Exception fault) when (!_stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFault(destination.ClusterName, destination.Name, fault);
            _faults.Count(FaultPlace.Probe);
            await Task.Delay(_afterFault, _time, _stopping.Token);
        }
    }

    private async Task ResolveAsync(Cluster cluster, Destination destination, DestinationWatch watch)
    {
        try
        {
            var resolution = await _names.ResolveAsync(destination, _stopping.Token);
            if (resolution is Resolution.Changed)
            {
                watch.AddressesChanged(_time.GetTimestamp());
            }

            if (NameSchedule.EvidenceOf(resolution, destination, cluster.Plan.Probing) is { } evidence)
            {
                _health.Report(cluster, destination, evidence);
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
        finally
        {
            lock (_gate)
            {
                watch.IsResolving = false;
            }
        }

        Ring();
    }

    [LoggerMessage(EventIds.ProbeFault, LogLevel.Error, "A probe of {Cluster}/{Destination} met a fault of the proxy itself. Please report this.")]
    private partial void LogFault(string cluster, string destination, Exception fault);
}
