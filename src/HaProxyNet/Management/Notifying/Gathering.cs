using HaProxyNet.Control.Documents;

namespace HaProxyNet.Management.Notifying;

/// <summary>
/// Keeps a flapping cluster from sending a message a change: the first change is told at once, those that follow within a time in one
/// message at its end. Pure but for what it keeps; not thread-safe. Times are those of the caller.
/// </summary>
/// <param name="window">For how long changes are gathered; zero: each is told by itself.</param>
internal sealed class Gathering(TimeSpan window)
{
    private readonly Dictionary<string, (DateTimeOffset End, StateEvent? Last, int Changes)> _open = new(StringComparer.Ordinal);

    /// <summary>When the next message is due; null: none is.</summary>
    public DateTimeOffset? NextEnd => _open.Count == 0 ? null : _open.Values.Min(w => w.End);

    /// <summary>Takes a change, and returns the message that is to be sent now; null: it is gathered.</summary>
    public Notice? Take(StateEvent change, DateTimeOffset now)
    {
        var key = change.Cluster ?? "";
        if (window == TimeSpan.Zero)
        {
            return new Notice(change, 1);
        }

        if (_open.TryGetValue(key, out var gathered))
        {
            _open[key] = gathered with { Last = change, Changes = gathered.Changes + 1 };
            return null;
        }

        _open[key] = (now + window, null, 0);
        return new Notice(change, 1);
    }

    /// <summary>The messages whose time has come. A cluster that goes on changing is gathered on.</summary>
    public IReadOnlyList<Notice> Due(DateTimeOffset now)
    {
        var due = new List<Notice>();
        foreach (var (key, gathered) in _open.Where(w => w.Value.End <= now).ToList())
        {
            if (gathered.Last is { } last)
            {
                due.Add(new Notice(last, gathered.Changes));
                _open[key] = (now + window, null, 0);
            }
            else
            {
                _open.Remove(key);
            }
        }

        return due;
    }
}
