using HaProxyNet.Listening;
using HaProxyNet.Telemetry;
using HaProxyNet.Telemetry.Inherited;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Management.Scraping;

/// <summary>
/// Lets counters go on after an orderly restart. It never throws: without its file they begin at 0, as after a process that was killed,
/// and Prometheus knows what that means.
/// </summary>
internal sealed partial class CounterKeeper(
    CounterFile file,
    InheritedCounters inherited,
    MetricsPublisher metrics,
    ServingGate gate,
    Succession succession,
    InternalFaults faults,
    ILogger<CounterKeeper> logger)
    : IHostedLifecycleService
{
    private bool _hasRead;
    private bool _serves;
    private bool _isMarked;

    /// <summary>Before the first scrape. A process that takes over from one that runs is given that one's counts by it.</summary>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (file.Path is { } path && gate.WhenOpen.IsCompleted)
        {
            try
            {
                inherited.Set(file.Read());
                _hasRead = true;
            }
            catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                LogUnreadable(path, fault.Message.TrimEnd('.'));
            }
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A start that fails leaves the file to the next one.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (file.Path is not null)
        {
            _ = faults.ContainAsync(FaultPlace.Background, static keeper => keeper.MarkAsync(), this);
        }

        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Nothing is counted and nothing scraped any more. Counts that were handed over are another process's.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (!Volatile.Read(ref _serves) || succession.HasHappened)
        {
            return;
        }

        try
        {
            using var scrape = new MemoryStream();
            await metrics.WriteAsync(scrape, cancellationToken);
            if (!file.TryWrite(scrape.GetBuffer().AsMemory(0, (int)scrape.Length)) && _isMarked)
            {
                LogForeign(file.Path!);
            }
        }
        catch (Exception fault)
            when (fault is InvalidDataException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            if (_isMarked)
            {
                LogUnwritable(file.Path!, fault.Message.TrimEnd('.'));
            }
        }
    }

    private async Task MarkAsync()
    {
        await gate.WhenOpen;
        Volatile.Write(ref _serves, value: true);
        try
        {
            file.Mark();
            _isMarked = true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            LogUnwritable(file.Path!, fault.Message.TrimEnd('.'));
            Discard();
        }
    }

    /// <summary>Counts that stay in the file are not gone on with: the next start would find them again.</summary>
    private void Discard()
    {
        if (_hasRead)
        {
            inherited.Set([]);
        }

        try
        {
            file.Delete();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It was said that it cannot be written.
        }
    }

    [LoggerMessage(EventIds.CountersUnreadable, LogLevel.Warning, "{Path} cannot be used: {Fault}. Counters begin at 0.")]
    private partial void LogUnreadable(string path, string fault);

    [LoggerMessage(EventIds.CountersUnwritable, LogLevel.Warning,
        "{Path} cannot be written: {Fault}. Counters begin at 0 at each start until that is mended.")]
    private partial void LogUnwritable(string path, string fault);

    [LoggerMessage(EventIds.CountersForeign, LogLevel.Information,
        "{Path} belongs to another process that was started meanwhile; the counts of this one end here. Two proxies on one machine each "
            + "need an Admin.StateFile of their own.")]
    private partial void LogForeign(string path);
}
