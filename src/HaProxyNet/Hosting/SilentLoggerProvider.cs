using Microsoft.Extensions.Logging;

namespace HaProxyNet.Hosting;

/// <summary>Formats every line, as a real log would, and keeps none.</summary>
internal sealed class SilentLoggerProvider : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
        => _ = formatter(state, exception);

    public void Dispose()
    {
    }
}
