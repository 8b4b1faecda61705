using Microsoft.Extensions.Logging;

namespace HaProxyNet.Management.Events;

/// <summary>Passes the log's changes of state on to the journal.</summary>
internal sealed class EventListener(EventJournal journal) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (EventKinds.Shapes.GetValueOrDefault(eventId.Id) is { } shape && state is IReadOnlyList<KeyValuePair<string, object?>> line)
        {
            journal.Add(shape, line, formatter(state, exception));
        }
    }
}
