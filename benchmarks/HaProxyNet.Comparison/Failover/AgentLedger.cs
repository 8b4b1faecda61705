using System.IO.MemoryMappedFiles;

namespace HaProxyNet.Comparison.Failover;

/// <summary>
/// What an agent has seen, in a file mapped into memory: it survives the agent's sudden death, and the harness reads it from outside.
/// One writer at a time; the next incarnation of an agent goes on counting where the last one fell.
/// </summary>
internal sealed class AgentLedger : IDisposable
{
    /// <summary>Ids that a ledger has room for.</summary>
    public const int Capacity = 65_536;

    private const int ListeningAt = 0;
    private const int AcceptedAt = 8;
    private const int RequestsAt = 16;
    private const int WarmAt = 24;
    private const int ReleasedAt = 32;
    private const int ExecutionsAt = 64;
    private readonly Lock _lock = new();
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    /// <summary>Opens the file, creating it when it is not there.</summary>
    public AgentLedger(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, ExecutionsAt + Capacity);
        _view = _file.CreateViewAccessor();
    }

    /// <summary>The process id of the agent that listens.</summary>
    public long Listening
    {
        get => _view.ReadInt64(ListeningAt);
        set => _view.Write(ListeningAt, value);
    }

    /// <summary>The process id of the agent that has warmed up last.</summary>
    public long Warm
    {
        get => _view.ReadInt64(WarmAt);
        set => _view.Write(WarmAt, value);
    }

    /// <summary>The process id of the agent that may listen.</summary>
    public long Released
    {
        get => _view.ReadInt64(ReleasedAt);
        set => _view.Write(ReleasedAt, value);
    }

    /// <summary>Connections that accept() returned.</summary>
    public long Accepted => _view.ReadInt64(AcceptedAt);

    /// <summary>Requests that arrived whole.</summary>
    public long Requests => _view.ReadInt64(RequestsAt);

    /// <summary>Counts a connection.</summary>
    public void CountAccepted() => Add(AcceptedAt);

    /// <summary>Counts a request as executed.</summary>
    public void CountRequest(long id)
    {
        Add(RequestsAt);
        lock (_lock)
        {
            _view.Write(ExecutionsAt + id, (byte)(_view.ReadByte(ExecutionsAt + id) + 1));
        }
    }

    /// <summary>How often a request was executed.</summary>
    public int ExecutionsOf(long id) => _view.ReadByte(ExecutionsAt + id);

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }

    private void Add(int position)
    {
        lock (_lock)
        {
            _view.Write(position, _view.ReadInt64(position) + 1);
        }
    }
}
