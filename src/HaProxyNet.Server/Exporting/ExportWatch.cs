using HaProxyNet.Vocabulary;
using OpenTelemetry;

namespace HaProxyNet.Server.Exporting;

/// <summary>Logs when a receiver cannot be reached, and when it can again: once each. Any thread.</summary>
internal sealed partial class ExportWatch(string signal, OtlpTarget target, ILogger logger)
{
    private int _isFailing;

    /// <summary>Notes what became of an export.</summary>
    public ExportResult Note(ExportResult result)
    {
        var isFailure = result is ExportResult.Failure ? 1 : 0;
        if (Interlocked.Exchange(ref _isFailing, isFailure) != isFailure)
        {
            if (isFailure == 1)
            {
                LogAway(signal, target.ToString());
            }
            else
            {
                LogBack(signal, target.ToString());
            }
        }

        return result;
    }

    [LoggerMessage(EventIds.ExportFailing, LogLevel.Warning,
        "OpenTelemetry: {Signal} cannot be sent to {Receiver}. They are tried again; connections do not wait for this. Look whether the "
            + "receiver runs there and speaks the protocol that OTEL_EXPORTER_OTLP_PROTOCOL says.")]
    private partial void LogAway(string signal, string receiver);

    [LoggerMessage(EventIds.ExportWorks, LogLevel.Information, "OpenTelemetry: {Signal} reach {Receiver} again.")]
    private partial void LogBack(string signal, string receiver);
}
