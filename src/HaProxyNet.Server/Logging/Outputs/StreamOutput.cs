using HaProxyNet.Server.Logging.Records;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Server.Logging.Outputs;

/// <summary>Records to a stream, as they are: standard output.</summary>
internal sealed class StreamOutput(Stream stream) : IRecordOutput
{
    public LogOutput Kind => LogOutput.Console;

    public int Write(RecordBuffer batch, WaitHandle closing)
    {
        stream.Write(batch.Written);
        stream.Flush();
        return 0;
    }

    /// <summary>Standard output stays open: it is not ours.</summary>
    public void Dispose()
    {
    }
}
