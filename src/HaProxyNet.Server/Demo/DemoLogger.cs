namespace HaProxyNet.Server.Demo;

/// <summary>Shows the proxy's own log among the demo's events.</summary>
internal sealed class DemoLogger(DemoEvents events) : ILogger
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
        => events.AddFromProxy(logLevel, formatter(state, exception));
}
