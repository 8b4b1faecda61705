using System.Collections.Concurrent;

namespace HaProxyNet.Server.Demo;

/// <summary>What happened, for the viewer: the script's doings, and what the proxy itself logs about destinations. Any thread.</summary>
internal sealed class DemoEvents(TimeProvider time) : ILoggerProvider
{
    private readonly ConcurrentQueue<DemoEvent> _events = new();
    private readonly long _began = time.GetTimestamp();

    /// <summary>The demo's clock.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_began);

    /// <summary>Notes something that the demo does.</summary>
    public void Add(string text) => _events.Enqueue(new DemoEvent(Elapsed, "demo", text, IsWarning: false));

    /// <summary>Notes a line of the proxy's log.</summary>
    public void AddFromProxy(LogLevel level, string text)
        => _events.Enqueue(new DemoEvent(Elapsed, "proxy", text, level >= LogLevel.Warning));

    /// <summary>Takes what has happened since the last call.</summary>
    public IReadOnlyList<DemoEvent> Take()
    {
        List<DemoEvent> taken = [];
        while (_events.TryDequeue(out var next))
        {
            taken.Add(next);
        }

        return taken;
    }

    public ILogger CreateLogger(string categoryName) => new DemoLogger(this);

    public void Dispose()
    {
    }
}
