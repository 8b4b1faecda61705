using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using HaProxyNet.Closing;

namespace HaProxyNet.Server.ConsoleLog;

/// <summary>One category of the log to the console.</summary>
internal sealed class ConsoleLogger(string category, LineFormat format, LineWriter writer) : ILogger
{
    private readonly ConcurrentDictionary<(LogLevel Level, int Event), byte[]> _prefixes = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (typeof(TState) == typeof(ClosedConnection))
        {
            // As many of these as connections: straight into the buffer. (The comparison costs nothing: it is settled when this is compiled.)
            writer.Add(Prefix(logLevel, eventId), Unsafe.As<TState, ClosedConnection>(ref state));
            return;
        }

        var message = formatter(state, exception);
        writer.Add(Prefix(logLevel, eventId), exception is null ? message : $"{message} {exception}");
    }

    private byte[] Prefix(LogLevel level, EventId id) => _prefixes.TryGetValue((level, id.Id), out var known)
        ? known
        : _prefixes.GetOrAdd((level, id.Id), LinePrefix.Of(format, level, category, id));
}
