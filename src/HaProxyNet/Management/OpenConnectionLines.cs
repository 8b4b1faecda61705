using HaProxyNet.Closing;
using HaProxyNet.Connections;
using HaProxyNet.Lines;
using HaProxyNet.Telemetry;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Teardown;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Management;

/// <summary>
/// The lines of connections that go on, for listeners that ask for them: one when a destination has accepted, and one each time that so
/// much time has passed. The second kind looks at connections from outside their lanes, and its timer runs only while there are such
/// connections.
/// </summary>
internal sealed class OpenConnectionLines : IDisposable
{
    private static readonly TimeSpan _look = TimeSpan.FromSeconds(1);
    private static readonly EventId _started = new(EventIds.ConnectionStarted, "ConnectionStarted");
    private static readonly EventId _open = new(EventIds.ConnectionOpen, "ConnectionOpen");

    private readonly TransportEngine _engine;
    private readonly TimeProvider _time;
    private readonly ILogger<ConnectionLog> _logger;
    private readonly InternalFaults _faults;
    private readonly ITimer _timer;
    private long _lastLook;
    private bool _isWaiting;

    public OpenConnectionLines(TransportEngine engine, TimeProvider time, InternalFaults faults, ILogger<ConnectionLog> logger)
    {
        (_engine, _time, _faults, _logger) = (engine, time, faults, logger);
        _timer = time.CreateTimer(
            static lines => ((OpenConnectionLines)lines!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A destination has accepted. On the connection's lane.</summary>
    public void OnStart(ProxyConnection connection)
    {
        var follow = connection.Plan.Follow;
        if (follow.AtStart && _logger.IsEnabled(LogLevel.Information))
        {
            Log(_started, connection, _time.GetTimestamp());
        }

        if (follow.Every > TimeSpan.Zero)
        {
            Wait();
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Wait()
    {
        if (!Volatile.Read(ref _isWaiting) && !Interlocked.Exchange(ref _isWaiting, true))
        {
            Volatile.Write(ref _lastLook, _time.GetTimestamp());
            _timer.Change(_look, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnTimer() => _ = _faults.ContainAsync(FaultPlace.Log, static lines => lines.LookAsync(), this);

    private async Task LookAsync()
    {
        var (now, before) = (_time.GetTimestamp(), Volatile.Read(ref _lastLook));

        // First: a connection that starts from now on sets the timer again, and so does this look when it finds one.
        Volatile.Write(ref _isWaiting, false);
        var isNeeded = false;
        foreach (var connection in await _engine.ConnectionsAsync())
        {
            if (connection.Plan.Follow.Every > TimeSpan.Zero)
            {
                isNeeded = true;
                LogIfDue(connection, before, now);
            }
        }

        if (isNeeded)
        {
            Wait();
            Volatile.Write(ref _lastLook, now);
        }
    }

    private void LogIfDue(ProxyConnection connection, long before, long now)
    {
        if (_logger.IsEnabled(LogLevel.Information)
            && connection.Plan.Follow.IsDue(
                _time.GetElapsedTime(connection.AcceptedAt, before), _time.GetElapsedTime(connection.AcceptedAt, now)))
        {
            Log(_open, connection, now);
        }
    }

    private void Log(EventId id, ProxyConnection connection, long now)
    {
        var progress = connection.Activity as IRelayProgress;
        _logger.Log(
            LogLevel.Information,
            id,
            new OpenConnection
            {
                Connection = connection.Number,
                Fields = ConnectionFields.Of(connection, _time, now, progress?.BytesIn ?? 0, progress?.BytesOut ?? 0),
                QuietMs = LoggedMilliseconds.Between(Math.Max(connection.LastByteAt, connection.AcceptedAt), now, _time),
                IsStart = id == _started,
            },
            exception: null,
            static (open, _) => open.ToString());
    }
}
