using HaProxyNet.State;
using HaProxyNet.State.Selecting;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Failover.Stickiness;

/// <summary>
/// Keeps which destination each client of a cluster with <c>SourceAddress</c> has, across restarts: read before the listeners open, written
/// once a minute and at the end. What is lost by a crash are the clients that were moved within the last minute.
/// </summary>
internal sealed partial class StickyKeeper(
    StickyFile file,
    ClusterDirectory clusters,
    InternalFaults faults,
    TimeProvider time,
    ILogger<StickyKeeper> logger)
    : BackgroundService
{
    private static readonly TimeSpan _pace = TimeSpan.FromMinutes(1);
    private bool _isSilent;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Load();
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Save();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_pace, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                faults.Contain(FaultPlace.Background, static keeper => keeper.Save(), this);
            }
        }
        catch (OperationCanceledException)
        {
            // The proxy stops.
        }
    }

    /// <summary>It never throws: without the file, clients go where their addresses lead.</summary>
    private void Load()
    {
        try
        {
            if (Sticky().Count == 0 || file.Read(time.GetUtcNow()) is not { } kept)
            {
                return;
            }

            foreach (var (name, clients) in Sticky())
            {
                clients.Import(kept.GetValueOrDefault(name) ?? []);
                LogRestored(name, clients.Count);
            }
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException or IOException or UnauthorizedAccessException)
        {
            LogUnreadable(file.Path!, fault.Message.TrimEnd('.'));
        }
    }

    private void Save()
    {
        var sticky = Sticky();
        if (file.Path is not { } path || sticky.Count == 0)
        {
            return;
        }

        try
        {
            file.Write(sticky.ToDictionary(entry => entry.Key, entry => entry.Value.Export().ToArray()), time.GetUtcNow());
            _isSilent = false;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            if (!_isSilent)
            {
                LogUnwritable(path, fault.Message.TrimEnd('.'));
            }

            _isSilent = true;
        }
    }

    private Dictionary<string, StickyClients> Sticky() => clusters.All
        .Where(cluster => cluster.Selector is SourceAddressSelector)
        .ToDictionary(cluster => cluster.Name, cluster => ((SourceAddressSelector)cluster.Selector).Clients);

    [LoggerMessage(EventIds.StickyClientsRestored, LogLevel.Information,
        "{Clients} clients of {Cluster} keep the destinations that they had before the restart.")]
    private partial void LogRestored(string cluster, int clients);

    [LoggerMessage(EventIds.StickyClientsUnreadable, LogLevel.Warning,
        "{Path} cannot be read: {Fault}. Clients that had been moved to another destination go where their addresses lead.")]
    private partial void LogUnreadable(string path, string fault);

    [LoggerMessage(EventIds.StickyClientsUnwritable, LogLevel.Warning,
        "{Path} cannot be written: {Fault}. Which destination clients have holds only until a restart.")]
    private partial void LogUnwritable(string path, string fault);
}
