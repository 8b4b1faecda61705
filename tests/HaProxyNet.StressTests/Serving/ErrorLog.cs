using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.StressTests.Serving;

/// <summary>The proxy has no errors to tell of, whatever its peers do, but that all destinations of a cluster are down.</summary>
internal sealed class ErrorLog(Tally tally) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (eventId.Id is not EventIds.AllDown)
        {
            tally.WrongEnd($"the proxy logs an error: {formatter(state, exception)} {exception}");
        }
    }

    public void Dispose()
    {
        // It holds nothing.
    }
}
