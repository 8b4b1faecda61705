using HaProxyNet.Configuration;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Maintaining;

/// <summary>
/// Whether the shared store can be used. It is logged once when it cannot, and once when it can again. A store that has gone again soon
/// after it was back must answer for longer each time before it is called back: one that answers now and then fills no log. Any thread.
/// </summary>
internal sealed partial class StoreCondition(
    ProxyOptions options,
    ProxyMetrics metrics,
    TimeProvider time,
    ILogger<StoreCondition> logger)
{
    /// <summary>A store that stays for so long has come back.</summary>
    private static readonly TimeSpan _calm = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan _shortestTrial = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private long? _backSince;
    private long? _goodSince;
    private TimeSpan _trial;
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
            var now = time.GetTimestamp();
            _goodSince ??= now;
            if (_problem is not null)
            {
                if (time.GetElapsedTime(_goodSince.Value, now) < _trial)
                {
                    return;
                }

                _backSince = now;
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
                _trial = NextTrial();
                LogAway(problem);
            }

            _goodSince = null;
            _problem = problem;
            _isKnown = true;
            metrics.TellStore(isUp: false);
        }
    }

    /// <summary>For how long it must answer before it is back.</summary>
    private TimeSpan NextTrial()
    {
        if (_backSince is not { } since || time.GetElapsedTime(since) >= _calm)
        {
            return TimeSpan.Zero;
        }

        var longer = _trial * 2;
        return longer < _shortestTrial ? _shortestTrial : longer > _calm ? _calm : longer;
    }

    [LoggerMessage(EventIds.MaintenanceStoreAway, LogLevel.Warning,
        "The maintenance store cannot be used: {Problem}. What operators had set stays in force; "
            + "what they set now holds on this proxy only, until the store is back.")]
    private partial void LogAway(string problem);

    [LoggerMessage(EventIds.MaintenanceStoreBack, LogLevel.Information, "The maintenance store can be used again.")]
    private partial void LogBack();
}
