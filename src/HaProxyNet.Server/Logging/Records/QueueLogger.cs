using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using HaProxyNet.Closing;
using HaProxyNet.Management;

namespace HaProxyNet.Server.Logging.Records;

/// <summary>One category of the log to a queue.</summary>
/// <param name="category">The category.</param>
/// <param name="queue">Takes the records.</param>
/// <param name="isWanted">Which events are logged; null: all.</param>
internal sealed class QueueLogger(string category, LogQueue queue, Predicate<EventId>? isWanted) : ILogger
{
    private readonly ConcurrentDictionary<(LogLevel Level, int Event), byte[]> _prefixes = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (isWanted is not null && !isWanted(eventId))
        {
            return;
        }

        // As many of these as connections: straight into the buffer. (The comparisons cost nothing: they are settled when this is
        // compiled.)
        if (typeof(TState) == typeof(ClosedConnection))
        {
            queue.AddLine(Prefix(logLevel, eventId), Unsafe.As<TState, ClosedConnection>(ref state));
        }
        else if (typeof(TState) == typeof(OpenConnection))
        {
            queue.AddLine(Prefix(logLevel, eventId), Unsafe.As<TState, OpenConnection>(ref state));
        }
        else
        {
            var fields = queue.Format.WantsFields ? state as IReadOnlyList<KeyValuePair<string, object?>> : null;
            queue.Add(Prefix(logLevel, eventId), new LoggedEvent(formatter(state, exception), fields, exception));
        }
    }

    private byte[] Prefix(LogLevel level, EventId id) => _prefixes.TryGetValue((level, id.Id), out var known)
        ? known
        : _prefixes.GetOrAdd((level, id.Id), queue.Format.PrefixOf(level, category, id));
}
