using System.Collections.Concurrent;
using HaProxyNet.Closing;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.FunctionalTests.Fixture;

/// <summary>Keeps every log event of one proxy.</summary>
internal sealed class LogCapture : ILoggerProvider
{
    private readonly ConcurrentQueue<LogEntry> _entries = new();

    public IEnumerable<LogEntry> Entries => _entries;

    /// <summary>The one line of each connection that has ended.</summary>
    public IReadOnlyList<ConnectionLine> Lines =>
        [.. _entries
            .Where(e => e.Id == EventIds.ConnectionClosed && e.Category.EndsWith(nameof(ConnectionLog), StringComparison.Ordinal))
            .Select(ConnectionLine.From)];

    /// <summary>The proxy's own events with this number; see <see cref="EventIds"/>.</summary>
    public IReadOnlyList<LogEntry> Events(int id) =>
        [.. _entries.Where(e => e.Id == id && e.Category.StartsWith("HaProxyNet.", StringComparison.Ordinal))];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(LogCapture owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            var fields = state as IEnumerable<KeyValuePair<string, object?>> ?? [];
            owner._entries.Enqueue(new LogEntry(
                category, logLevel, eventId.Id, formatter(state, exception), exception,
                fields.DistinctBy(f => f.Key).ToDictionary(f => f.Key, f => f.Value)));
        }
    }
}
