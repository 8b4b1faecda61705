namespace HaProxyNet.Simulator.Agents;

/// <summary>
/// Which request was executed where. One ledger may be shared by agents, or several merged: an id that was executed more than once,
/// on whatever agents, is a duplicate, and in front of a directory a duplicate is damage. Thread-safe.
/// </summary>
/// <param name="journal">
/// Gets each id as a line, flushed before the request is executed, so that a kill -9 loses none. The ledger does not close it.
/// </param>
public sealed class RequestLedger(TextWriter? journal = null)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string[]> _executions = new(StringComparer.Ordinal);
    private long _total;

    /// <summary>Executions in all.</summary>
    public long Executions
    {
        get
        {
            lock (_lock)
            {
                return _total;
            }
        }
    }

    /// <summary>Executions beyond the first one of each id.</summary>
    public long Duplicates
    {
        get
        {
            lock (_lock)
            {
                return _total - _executions.Count;
            }
        }
    }

    /// <summary>Everything the ledgers know, each ledger counted once however often it is given.</summary>
    public static RequestLedger Merge(params IEnumerable<RequestLedger> ledgers)
    {
        ArgumentNullException.ThrowIfNull(ledgers);
        var merged = new RequestLedger();
        foreach (var ledger in ledgers.Distinct())
        {
            foreach (var (id, agents) in ledger.Copy())
            {
                foreach (var agent in agents)
                {
                    merged.Record(agent, id);
                }
            }
        }

        return merged;
    }

    /// <summary>
    /// Adds the ids of a journal file, one a line, as executions of <paramref name="agent"/>. Reads a file that is still written to.
    /// </summary>
    public async Task LoadAsync(string agent, string path, CancellationToken cancellationToken = default)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(cancellationToken) is { } id)
        {
            if (id.Length > 0)
            {
                Add(agent, id);
            }
        }
    }

    /// <summary>Notes an execution; true when it is the id's first one in this ledger.</summary>
    public bool Record(string agent, string id)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(id);
        lock (_lock)
        {
            journal?.WriteLine(id);
            journal?.Flush();
            return Add(agent, id);
        }
    }

    /// <summary>The agents that executed <paramref name="id"/>, in order; an agent that did so twice is named twice.</summary>
    public IReadOnlyList<string> ExecutionsOf(string id)
    {
        lock (_lock)
        {
            return _executions.GetValueOrDefault(id, []);
        }
    }

    /// <summary>Executions by id, of one agent or, when <paramref name="agent"/> is null, of all.</summary>
    public IReadOnlyDictionary<string, int> CountById(string? agent = null) => Copy()
        .Select(entry => (entry.Key, Count: entry.Value.Count(name => agent is null || name == agent)))
        .Where(entry => entry.Count > 0)
        .ToDictionary(entry => entry.Key, entry => entry.Count, StringComparer.Ordinal);

    /// <summary>The ids that were executed more than once, each with the agents that did so.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> DuplicatedIds() => Copy()
        .Where(entry => entry.Value.Length > 1)
        .ToDictionary(entry => entry.Key, entry => (IReadOnlyList<string>)entry.Value, StringComparer.Ordinal);

    private bool Add(string agent, string id)
    {
        lock (_lock)
        {
            _total++;
            if (_executions.TryAdd(id, [agent]))
            {
                return true;
            }

            _executions[id] = [.. _executions[id], agent];
            return false;
        }
    }

    private KeyValuePair<string, string[]>[] Copy()
    {
        lock (_lock)
        {
            return [.. _executions];
        }
    }
}
