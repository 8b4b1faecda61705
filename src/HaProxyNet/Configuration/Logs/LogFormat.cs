namespace HaProxyNet.Configuration.Logs;

/// <summary>How the log looks.</summary>
internal enum LogFormat
{
    /// <summary>A line of text an event, on standard output.</summary>
    Text,

    /// <summary>A JSON object an event, one a line, on standard output.</summary>
    Json,

    /// <summary>Entries with fields, given to journald over its own socket.</summary>
    Journal,
}
