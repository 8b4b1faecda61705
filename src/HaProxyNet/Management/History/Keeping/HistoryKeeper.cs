using HaProxyNet.Control.Documents;
using HaProxyNet.Management.Events;
using HaProxyNet.Management.History.Files;
using HaProxyNet.Management.History.Records;
using HaProxyNet.Telemetry;
using HaProxyNet.Telemetry.Troubles;
using Microsoft.Extensions.Hosting;

namespace HaProxyNet.Management.History.Keeping;

/// <summary>
/// Writes the history, on a thread of its own that nothing waits for: events as they come, what went wrong and the sums of the open minute
/// every second, whole minutes at their end. A process that is killed at any moment loses a second at the most.
/// </summary>
internal sealed class HistoryKeeper(
    HistoryPlace place, HistoryInbox inbox, TroubleFeed troubles, FigureSampler figures, HealthNotes health, HistoryLog log,
    EventJournal journal,
    InternalFaults faults, TimeProvider time)
    : IHostedLifecycleService, IDisposable
{
    private const int MostWaiting = 8192;
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    private readonly List<HistoryRecord> _waiting = [];
    private readonly ClockWatch _clock = new(time);
    private HistoryWriter? _writer;
    private Thread? _thread;
    private volatile bool _isEnding;
    private bool _isOpen;
    private DateTimeOffset _minuteAt;
    private long _minuteBegan;
    private IReadOnlyList<ClusterMinute> _written = [];
    private DateTimeOffset _writtenOf;

    /// <summary>Before the listeners open: what is remembered of destinations that flap.</summary>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (place.Find() is { } folder)
        {
            faults.Contain(FaultPlace.History, health.Restore, folder);
            _writer = new HistoryWriter(folder, place.Room, () => place.Age, time);
            journal.WhenAdded(inbox.Add);
            inbox.Add(new StateEvent(
                time.GetUtcNow(),
                EventKinds.ProxyStarted,
                Cluster: null,
                Destination: null,
                ProxyVersion.Text,
                $"The proxy starts, version {ProxyVersion.Text}."));
            BeginMinute();
            _thread = new Thread(Run) { Name = "history", IsBackground = true, Priority = ThreadPriority.BelowNormal };
            _thread.Start();
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The last words are written; a disk that hangs does not keep the process.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (_thread is not null)
        {
            inbox.Add(new StateEvent(
                time.GetUtcNow(),
                EventKinds.ProxyStopped,
                Cluster: null,
                Destination: null,
                Reason: null,
                "The proxy has stopped in order."));
            End();
        }

        return Task.CompletedTask;
    }

    public void Dispose()
    {
        End();
        if (_thread is not { IsAlive: true })
        {
            _writer?.Dispose();
        }
    }

    private void End()
    {
        _isEnding = true;
        inbox.Wake();
        _thread?.Join(_second * 2);
    }

    private void Run()
    {
        var looked = time.GetTimestamp();
        for (var isLast = false; !isLast;)
        {
            isLast = _isEnding;
            if (!isLast)
            {
                inbox.Wait(_second);
            }

            var now = time.GetTimestamp();
            var isSecond = isLast || time.GetElapsedTime(looked, now) >= _second * 0.9;
            looked = isSecond ? now : looked;
            faults.Contain(FaultPlace.History, keeper => keeper.Turn(isSecond, isLast), this);
        }
    }

    private void Turn(bool isSecond, bool isLast)
    {
        _waiting.AddRange(inbox.Take().Select(e => new HistoryRecord(0, e.At) { Event = e }));
        var isMinute = isLast || time.GetElapsedTime(_minuteBegan) >= _minute;
        if (isSecond)
        {
            Collect(isMinute);
        }

        if (_waiting.Count > MostWaiting)
        {
            inbox.CountLost(_waiting.Count - MostWaiting);
            _waiting.RemoveRange(0, _waiting.Count - MostWaiting);
        }

        try
        {
            Write(isSecond, isMinute && isSecond);

            // An event may still find room where the sums, which are due each second, do not.
            if (isSecond)
            {
                log.Written(place.Path, inbox.Lost);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            log.NotWritten(place.Path, fault);
        }
    }

    private void Collect(bool isMinute)
    {
        var (connections, attempts) = troubles.Take();
        _waiting.AddRange(connections.Select(c => new HistoryRecord(0, c.At) { Connection = c }));
        _waiting.AddRange(attempts.Select(a => new HistoryRecord(0, a.At) { Attempt = a }));
        if (_clock.Jump() is { } jump)
        {
            var text = $"The clock of this machine was set by {jump.TotalSeconds:+0;-0} s; times before and after do not compare.";
            _waiting.Add(new(0, time.GetUtcNow())
            {
                Event = new(time.GetUtcNow(), EventKinds.ClockJumped, Cluster: null, Destination: null, Reason: null, text),
            });
        }

        if (isMinute)
        {
            _waiting.AddRange(Minute());
        }
    }

    private void Write(bool isSecond, bool isMinute)
    {
        if (!_isOpen)
        {
            log.Found(place.Path, _writer!.Open());
            _waiting.InsertRange(0, _writer.IsHolder ? HistoryRecovery.OpenMinute(place.Folder!) : []);
            _isOpen = true;
        }

        _writer!.Append(_waiting);
        _waiting.Clear();
        if (isMinute)
        {
            BeginMinute();
            _writer.Claim();
            _writer.Settle();
        }

        if (isSecond && _writer.IsHolder)
        {
            WriteOpenMinute();
            health.Write(place.Folder!);
        }
    }

    private void BeginMinute()
    {
        (_minuteAt, _minuteBegan) =
            (DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds()), time.GetTimestamp());
        figures.Begin();
    }

    private IEnumerable<HistoryRecord> Minute() => Records(figures.Read());

    private IEnumerable<HistoryRecord> Records(IEnumerable<ClusterMinute> sums)
        => sums.Select(m => new HistoryRecord(_writer!.Last + 1, _minuteAt) { Minute = m });

    /// <summary>A second in which nothing has happened writes nothing.</summary>
    private void WriteOpenMinute()
    {
        var now = figures.Read();
        if (_minuteAt != _writtenOf || !now.SequenceEqual(_written))
        {
            HistoryFolder.Replace(place.Folder!.OpenMinute, Records(now));
            (_writtenOf, _written) = (_minuteAt, now);
        }
    }
}
