namespace HaProxyNet.Telemetry;

/// <summary>
/// Counts the log lines that were lost, by output: nothing waits for a log, so one that nothing reads loses lines. Any thread.
/// </summary>
internal sealed class LogLosses
{
    private readonly long[] _lost = new long[LogOutputs.All.Count];

    /// <summary>How many lines this output has lost since the start.</summary>
    public long this[LogOutput output] => Volatile.Read(ref _lost[(int)output]);

    /// <summary>Counts lines that were lost.</summary>
    public void Add(LogOutput output, long lines = 1) => Interlocked.Add(ref _lost[(int)output], lines);
}
