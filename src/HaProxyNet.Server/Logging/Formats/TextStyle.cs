namespace HaProxyNet.Server.Logging.Formats;

/// <summary>What stands before a message.</summary>
internal enum TextStyle
{
    /// <summary>Time, level and category: for people and files.</summary>
    Timestamped,

    /// <summary>systemd's level prefix, see sd-daemon(3), and the category: the journal has the time.</summary>
    Systemd,
}
