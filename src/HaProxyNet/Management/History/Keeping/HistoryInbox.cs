using HaProxyNet.Control.Documents;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Management.History.Keeping;

/// <summary>
/// Changes of state on their way to the history. Bounded: what finds no room is counted, and nothing ever waits. Any thread, and as long as
/// the process lives: the last changes come when everything else has been disposed of.
/// </summary>
internal sealed class HistoryInbox
{
    private const int Most = 4096;

    private readonly object _gate = new();
    private List<StateEvent> _events = [];
    private bool _isWoken;
    private long _lost;

    public HistoryInbox(ProxyMetrics metrics) => metrics.BeforeReading(() => metrics.HistoryLost.IncTo(Lost));

    /// <summary>Records that are lost for good: no room here, or none on the disk.</summary>
    public long Lost => Volatile.Read(ref _lost);

    /// <summary>Puts an event in.</summary>
    public void Add(StateEvent happened)
    {
        lock (_gate)
        {
            if (_events.Count < Most)
            {
                _events.Add(happened);
            }
            else
            {
                _lost++;
            }

            Wake();
        }
    }

    /// <summary>Takes all that is there.</summary>
    public IReadOnlyList<StateEvent> Take()
    {
        lock (_gate)
        {
            var taken = _events;
            _events = [];
            return taken;
        }
    }

    /// <summary>Counts records that are given up.</summary>
    public void CountLost(int count) => Interlocked.Add(ref _lost, count);

    /// <summary>Wakes the reader.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _isWoken = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits until something is there, or the time is over.</summary>
    public void Wait(TimeSpan longest)
    {
        lock (_gate)
        {
            if (!_isWoken)
            {
                Monitor.Wait(_gate, longest);
            }

            _isWoken = false;
        }
    }
}
