using HaProxyNet.Health.Names;
using HaProxyNet.State;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Health.Scheduling;

/// <content>What was started, and its end.</content>
internal sealed partial class HealthScheduler
{
    /// <summary>
    /// Runs what asks a destination, by this policy. Nothing that it meets may end the watch. A reload of the policy and other addresses of
    /// the name end it: the next look decides anew.
    /// </summary>
    private async Task RunAsync(
        Cluster cluster, Destination destination, DestinationWatch watch, ProbePolicy policy, Func<CancellationToken, Task> ask)
    {
        try
        {
            using var row = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            watch.BeginRow(row, policy);
            try
            {
                await GuardedAsync(ask, row.Token);
            }
            catch (OperationCanceledException) when (!_stopping.IsCancellationRequested)
            {
                // What it has seen says nothing about how things are now.
            }
            finally
            {
                watch.EndRow();
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }

        watch.End(_time.GetTimestamp());
        Note(cluster, destination);
    }

    private async Task GuardedAsync(Func<CancellationToken, Task> ask, CancellationToken stopping)
    {
        try
        {
            _faults.Injection?.Invoke(FaultPlace.Probe);
            await ask(stopping);
        }
#pragma warning disable CA1031 // The last line of defence: one probe's fault must not end the others.
        catch (Exception fault) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            _faults.Report(FaultPlace.Probe, fault);
            await Task.Delay(_afterFault, _time, stopping);
        }
    }

    private async Task ResolveAsync(Cluster cluster, Destination destination, DestinationWatch watch)
    {
        try
        {
            _faults.Injection?.Invoke(FaultPlace.Names);
            var resolution = await _names.ResolveAsync(destination, _stopping.Token);
            if (resolution is Resolution.Changed)
            {
                watch.AddressesChanged(_time.GetTimestamp());
            }

            if (NameSchedule.EvidenceOf(resolution, destination, ProbingPlan.Of(cluster.Plan).Policy) is { } evidence)
            {
                _health.Report(cluster, destination, evidence);
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
#pragma warning disable CA1031 // The boundary of a look-up: the name is asked for again.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _faults.Report(FaultPlace.Names, fault);
        }
        finally
        {
            lock (_gate)
            {
                watch.IsResolving = false;
            }
        }

        Note(cluster, destination);
    }
}
