using Microsoft.Extensions.Logging;

namespace HaProxyNet.Tests.Tls.Certificates;

/// <summary>Keeps what was logged.</summary>
internal sealed class LoggedLines<T> : ILogger<T>
{
    private readonly List<(LogLevel Level, string Text)> _lines = [];

    public IReadOnlyList<string> Warnings => Of(LogLevel.Warning);

    public IReadOnlyList<string> Informations => Of(LogLevel.Information);

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
        lock (_lines)
        {
            _lines.Add((logLevel, formatter(state, exception)));
        }
    }

    private List<string> Of(LogLevel level)
    {
        lock (_lines)
        {
            return [.. _lines.Where(line => line.Level == level).Select(line => line.Text)];
        }
    }
}
