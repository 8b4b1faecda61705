using HaProxyNet.Configuration;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Maintaining;

/// <summary>Whether the shared store can be used. It is logged once when it cannot, and once when it can again. Any thread.</summary>
internal sealed partial class StoreCondition(ProxyOptions options, ProxyMetrics metrics, ILogger<StoreCondition> logger)
{
    private readonly Lock _gate = new();
    private string? _problem;
    private bool _isKnown;

    /// <summary>Whether there is a shared store at all.</summary>
    public bool IsShared => options.Maintenance.IsShared;

    /// <summary>Why it cannot be used; null: it can, or was never asked.</summary>
    public string? Problem => Volatile.Read(ref _problem);

    /// <summary>Whether it can be used; false before it has answered.</summary>
    public bool IsUp => Volatile.Read(ref _isKnown) && Problem is null;

    /// <summary>It has answered.</summary>
    public void Up()
    {
        lock (_gate)
        {
            if (_problem is not null)
            {
                LogBack();
            }

            _problem = null;
            _isKnown = true;
            metrics.TellStore(isUp: true);
        }
    }

    /// <summary>It cannot be used.</summary>
    public void Away(string problem)
    {
        lock (_gate)
        {
            if (_problem is null)
            {
                LogAway(problem);
            }

            _problem = problem;
            _isKnown = true;
            metrics.TellStore(isUp: false);
        }
    }

    [LoggerMessage(EventIds.MaintenanceStoreAway, LogLevel.Warning,
        "The maintenance store cannot be used: {Problem}. What operators had set stays in force; "
            + "what they set now holds on this proxy only, until the store is back.")]
    private partial void LogAway(string problem);

    [LoggerMessage(EventIds.MaintenanceStoreBack, LogLevel.Information, "The maintenance store can be used again.")]
    private partial void LogBack();
}
