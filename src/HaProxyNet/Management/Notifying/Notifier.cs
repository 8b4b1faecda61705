using HaProxyNet.Configuration;
using HaProxyNet.Control.Documents;
using HaProxyNet.Management.Events;
using HaProxyNet.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Management.Notifying;

/// <summary>Gives changes of state to the webhooks. It exists only where the configuration names some.</summary>
internal sealed class Notifier : BackgroundService
{
    private readonly InternalFaults _faults;
    private readonly Webhook[] _webhooks;

    public Notifier(
        ProxyOptions options, EventJournal journal, ProxyMetrics metrics, InternalFaults faults, TimeProvider time,
        ILogger<Notifier> logger)
    {
        _faults = faults;
        _webhooks = [.. options.Notify.Webhooks.Select(
            w => new Webhook(w.Key, w.Value, options.Notify.Gather, options.Folder, metrics, time, logger))];
        journal.WhenAdded(Offer);
    }

    public override void Dispose()
    {
        base.Dispose();
        foreach (var webhook in _webhooks)
        {
            webhook.Dispose();
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
        => Task.WhenAll(_webhooks.Select(webhook => RunAsync(webhook, stoppingToken)));

    private void Offer(StateEvent change)
    {
        foreach (var webhook in _webhooks)
        {
            webhook.Offer(change);
        }
    }

    /// <summary>A fault ends the message that it happened at, and not the webhook.</summary>
    private async Task RunAsync(Webhook webhook, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await webhook.RunAsync(stop);
                return;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The boundary.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                _faults.Report(FaultPlace.Background, fault);
            }
        }
    }
}
