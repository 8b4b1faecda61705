namespace HaProxyNet.Configuration.Logs;

/// <summary>The facilities of RFC 5424, by their numbers.</summary>
internal enum SyslogFacility
{
    /// <summary>User-level messages.</summary>
    User = 1,

    /// <summary>System daemons.</summary>
    Daemon = 3,

    /// <summary>Local use 0.</summary>
    Local0 = 16,

    /// <summary>Local use 1.</summary>
    Local1,

    /// <summary>Local use 2.</summary>
    Local2,

    /// <summary>Local use 3.</summary>
    Local3,

    /// <summary>Local use 4.</summary>
    Local4,

    /// <summary>Local use 5.</summary>
    Local5,

    /// <summary>Local use 6.</summary>
    Local6,

    /// <summary>Local use 7.</summary>
    Local7,
}
