using System.ComponentModel;

namespace HaProxyNet.Configuration.Logs;

/// <summary>How the log looks, and where it goes besides standard output.</summary>
internal sealed class LogOptions
{
    /// <summary>How it looks; default: text.</summary>
    [Description("Text: a line of text an event, on standard output. Json: a JSON object a line. Journal: entries with fields for "
        + "journald, over its own socket.")]
    public LogFormat Format { get; set; } = LogFormat.Text;

    /// <summary>A syslog server that gets every line as well.</summary>
    [Description("A syslog server that gets every line as well.")]
    public SyslogOptions Syslog { get; set; } = new();

    /// <summary>Whether changes of state go to the event log of Windows as well; default: no.</summary>
    [Description("Whether changes of state (down, failover, reload, what operators do) go to the event log of Windows as well.")]
    public bool EventLog { get; set; }
}
