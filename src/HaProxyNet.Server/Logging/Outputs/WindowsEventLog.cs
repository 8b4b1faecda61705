using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using HaProxyNet.Server.Logging.Records;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Server.Logging.Outputs;

/// <summary>Entries of the event log "Application" of Windows.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsEventLog(string source) : IRecordOutput
{
    /// <summary>The event log takes 31,839 characters.</summary>
    private const int LongestText = 30_000;

    private readonly EventLog _log = new("Application", ".", source);

    public LogOutput Kind => LogOutput.EventLog;

    public int Write(RecordBuffer batch, WaitHandle closing)
    {
        var lost = 0;
        for (var record = 0; record < batch.Count; record++)
        {
            try
            {
                Write(batch[record]);
            }
#pragma warning disable CA1031 // The source is not registered, the log is full, the service is stopped: each is an entry that is lost.
            catch (Exception)
#pragma warning restore CA1031
            {
                lost++;
            }
        }

        return lost;
    }

    public void Dispose() => _log.Dispose();

    /// <summary>As <see cref="Formats.EventLogFormat"/> has made it: level, number, text.</summary>
    private void Write(ReadOnlySpan<byte> record)
    {
        var type = (LogLevel)record[0] switch
        {
            LogLevel.Error or LogLevel.Critical => EventLogEntryType.Error,
            LogLevel.Warning => EventLogEntryType.Warning,
            _ => EventLogEntryType.Information,
        };
        var text = Encoding.UTF8.GetString(record[(1 + sizeof(int))..]);
        _log.WriteEntry(
            text.Length > LongestText ? text[..LongestText] + " (cut)" : text, type, BinaryPrimitives.ReadInt32LittleEndian(record[1..]));
    }
}
