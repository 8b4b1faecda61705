namespace HaProxyNet.Server.Logging.Records;

/// <summary>The log to one output.</summary>
internal abstract class QueueLogProvider(LogQueue queue, Predicate<EventId>? isWanted = null) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new QueueLogger(categoryName, queue, isWanted);

    /// <summary>Writes what waits; lines that come later are lost.</summary>
    public void Dispose()
    {
        queue.Dispose();
        GC.SuppressFinalize(this);
    }
}
