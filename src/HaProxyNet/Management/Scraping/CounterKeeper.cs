using System.Text;
using HaProxyNet.Listening;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Management.Scraping;

/// <summary>
/// Lets counters go on after an orderly restart. It never throws: without its file they begin at 0, as after a process that was killed, and
/// Prometheus knows what that means.
/// </summary>
internal sealed partial class CounterKeeper(
    CounterFile file,
    InheritedCounters inherited,
    MetricsPublisher metrics,
    Succession succession,
    ILogger<CounterKeeper> logger)
    : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (file.Take() is { } text)
            {
                inherited.Set(Encoding.UTF8.GetBytes(text));
            }
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            LogUnreadable(file.Path!, fault.Message.TrimEnd('.'));
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Nothing is counted and nothing scraped any more. Counts that were handed over are another process's.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (file.Path is not { } path || succession.HasHappened)
        {
            return;
        }

        try
        {
            using var scrape = new MemoryStream();
            await metrics.WriteAsync(scrape, cancellationToken);
            file.Write(CounterText.Kept(Encoding.UTF8.GetString(scrape.ToArray())));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            LogUnwritable(path, fault.Message.TrimEnd('.'));
        }
    }

    [LoggerMessage(EventIds.CountersUnreadable, LogLevel.Warning, "{Path} cannot be used: {Fault}. Counters begin at 0.")]
    private partial void LogUnreadable(string path, string fault);

    [LoggerMessage(EventIds.CountersUnwritable, LogLevel.Warning, "{Path} cannot be written: {Fault}. Counters begin at 0 after the restart.")]
    private partial void LogUnwritable(string path, string fault);
}
