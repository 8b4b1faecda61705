using HaProxyNet.Telemetry;

namespace HaProxyNet.Server.ConsoleLog;

/// <summary>The log on standard output: a line an event.</summary>
internal sealed class ConsoleLogProvider(Stream output, LineFormat format, TimeProvider time, LogLosses losses) : ILoggerProvider
{
    private readonly LineWriter _writer = new(output, format, time, losses);

    public ILogger CreateLogger(string categoryName) => new ConsoleLogger(categoryName, format, _writer);

    /// <summary>Writes what waits; lines that come later are lost.</summary>
    public void Dispose() => _writer.Dispose();
}
