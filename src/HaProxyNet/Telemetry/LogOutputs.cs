namespace HaProxyNet.Telemetry;

/// <summary>The words for outputs.</summary>
internal static class LogOutputs
{
    /// <summary>Every output.</summary>
    public static IReadOnlyList<LogOutput> All { get; } = Enum.GetValues<LogOutput>();

    /// <summary>The label in metrics.</summary>
    public static string Label(this LogOutput output) => output switch
    {
        LogOutput.Console => "console",
        LogOutput.Journal => "journal",
        LogOutput.Syslog => "syslog",
        LogOutput.EventLog => "eventlog",
        _ => throw new ArgumentOutOfRangeException(nameof(output)),
    };
}
