using HaProxyNet.Telemetry;

namespace HaProxyNet.Server.Logging.Records;

/// <summary>Where records go. Called by the queue's own thread, one call at a time; it may wait, for nothing else waits for it.</summary>
internal interface IRecordOutput : IDisposable
{
    /// <summary>Which output this is, for the count of losses.</summary>
    LogOutput Kind { get; }

    /// <summary>Writes records.</summary>
    /// <param name="batch">The records.</param>
    /// <param name="closing">Set when the process ends: no more waiting for something that may come back.</param>
    /// <returns>How many were lost.</returns>
    int Write(RecordBuffer batch, WaitHandle closing);
}
