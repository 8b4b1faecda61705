namespace HaProxyNet.Telemetry;

/// <summary>Where log lines go.</summary>
internal enum LogOutput
{
    /// <summary>Standard output, as text or JSON.</summary>
    Console,

    /// <summary>journald's own socket.</summary>
    Journal,

    /// <summary>A syslog server.</summary>
    Syslog,

    /// <summary>The event log of Windows.</summary>
    EventLog,
}

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
