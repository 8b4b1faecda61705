using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using HaProxyNet.Failover;
using HaProxyNet.Management.Events;
using HaProxyNet.Management.History.Keeping;
using HaProxyNet.Management.Page.Timelines;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Management.Page;

/// <summary>
/// The one producer for all open pages: it looks once, writes once, and gives the same bytes to each. Without a page it does nothing. A
/// change is sent at once, at most ten times a second; without one there is a state each second. Any thread.
/// </summary>
internal sealed class PageFeed : IDisposable
{
    /// <summary>So many pages are open at most.</summary>
    public const int Most = 200;

    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _day = TimeSpan.FromDays(1);
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    /// <summary>How many times as long as a look at the history the pause after it is.</summary>
    private const int Leisure = 20;

    private readonly PageReader _reader;
    private readonly RecentFigures _figures;
    private readonly HistoryReading _history;
    private readonly InternalFaults _faults;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly HashSet<PageSubscription> _pages = [];
    private readonly SemaphoreSlim _changed = new(0, 1);
    private ReadOnlyMemory<byte> _timeline;
    private long _timelineAt;
    private TimeSpan _timelineTook;
    private int _timelineRecords;
    private volatile bool _isTimelineOld = true;
    private bool _runs;

    public PageFeed(
        PageReader reader, RecentFigures figures, HistoryReading history, EventJournal journal, FailoverDirector director,
        InternalFaults faults, TimeProvider time)
    {
        (_reader, _figures, _history, _faults, _time) = (reader, figures, history, faults, time);
        director.WhenChanged(_ => Wake());
        journal.WhenAdded(_ =>
        {
            _isTimelineOld = true;
            Wake();
        });
    }

    /// <summary>How many pages are open.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _pages.Count;
            }
        }
    }

    /// <summary>Opens a page; null: there are enough.</summary>
    public PageSubscription? Open()
    {
        lock (_gate)
        {
            if (_pages.Count >= Most)
            {
                return null;
            }

            var page = new PageSubscription();
            _pages.Add(page);
            if (_timeline.Length > 0)
            {
                page.Offer(_timeline, isTimeline: true);
            }

            if (!_runs)
            {
                _runs = true;
                _ = Task.Run(() => _faults.ContainAsync(FaultPlace.Admin, static feed => feed.RunAsync(), this));
            }

            Wake();
            return page;
        }
    }

    /// <summary>Closes a page.</summary>
    public void Close(PageSubscription page)
    {
        lock (_gate)
        {
            _pages.Remove(page);
        }

        page.Dispose();
    }

    public void Dispose() => _changed.Dispose();

    private async Task RunAsync()
    {
        while (HasPages())
        {
            await _faults.ContainAsync(FaultPlace.Admin, static feed => feed.SendAsync(), this);
            await Task.Delay(_pause, TimeProvider.System);
            if (!await MayGoOnAsync())
            {
                return;
            }
        }
    }

    /// <summary>Waits for a change, or for the next second; false when the proxy has ended meanwhile.</summary>
    private async Task<bool> MayGoOnAsync()
    {
        try
        {
            await _changed.WaitAsync(_second - _pause);
            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    private bool HasPages()
    {
        lock (_gate)
        {
            if (_pages.Count == 0)
            {
                _runs = false;
                _figures.Forget();
                (_timeline, _isTimelineOld) = (default, true);
            }

            return _runs;
        }
    }

    private async Task SendAsync()
    {
        var state = await _reader.ReadAsync();
        Offer(Message("state", state, PageJson.Default.PageState), isTimeline: false);
        var since = _time.GetElapsedTime(_timelineAt);
        var isDue = _timeline.Length == 0 || since >= _minute;
        if (isDue || (_isTimelineOld && since >= _timelineTook * Leisure))
        {
            await SendTimelineAsync(state, isDue);
        }
    }

    /// <summary>Reads the history, which writes on a thread of its own: what it does not have yet is looked for again.</summary>
    private async Task SendTimelineAsync(PageState state, bool isDue)
    {
        _isTimelineOld = false;
        var (began, now) = (_time.GetTimestamp(), _time.GetUtcNow());
        var history = await _history.ReadAsync(now - _day, now, CancellationToken.None);
        if (TimelineLag.IsBehind(history, [.. state.Status.Clusters.Select(c => c.Name)], state.Events is [var newest, ..] ? newest : null))
        {
            _isTimelineOld = true;
        }

        if (isDue || history.Records.Count != _timelineRecords)
        {
            _timelineRecords = history.Records.Count;
            _timeline = Message("timeline", TimelineBuilder.Build(history), PageJson.Default.Timeline);
            Offer(_timeline, isTimeline: true);
        }

        (_timelineAt, _timelineTook) = (_time.GetTimestamp(), _time.GetElapsedTime(began));
    }

    private void Offer(ReadOnlyMemory<byte> message, bool isTimeline)
    {
        lock (_gate)
        {
            foreach (var page in _pages)
            {
                page.Offer(message, isTimeline);
            }
        }
    }

    private static ReadOnlyMemory<byte> Message<T>(string name, T content, JsonTypeInfo<T> form)
    {
        using var text = new MemoryStream();
        text.Write(System.Text.Encoding.ASCII.GetBytes($"event: {name}\ndata: "));
        JsonSerializer.Serialize(text, content, form);
        text.Write("\n\n"u8);
        return text.ToArray();
    }

    private void Wake()
    {
        try
        {
            if (_changed.CurrentCount == 0)
            {
                _changed.Release();
            }
        }
        catch (SemaphoreFullException)
        {
            // Somebody else has woken it in between.
        }
        catch (ObjectDisposedException)
        {
            // The proxy ends.
        }
    }
}
