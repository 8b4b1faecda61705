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
