namespace HaProxyNet.Control;

/// <summary>The words of the protocol.</summary>
public static class ControlVerbs
{
    /// <summary>Answers with the document of <c>/api/v1/status</c>.</summary>
    public const string Status = "status";

    /// <summary>Answers as <c>/readyz</c> does.</summary>
    public const string Ready = "ready";

    /// <summary>Answers with the document of <c>/api/v1/sessions</c>.</summary>
    public const string Sessions = "sessions";

    /// <summary>Answers with the number of connections that are open on a destination or are being connected to it.</summary>
    public const string Open = "open";

    /// <summary>Answers with the destination that a connection would get now.</summary>
    public const string Explain = "explain";

    /// <summary>No new connections to a destination; it stays watched.</summary>
    public const string Drain = "drain";

    /// <summary>No new connections and no probes.</summary>
    public const string Disable = "disable";

    /// <summary>Takes a drain or a disable back.</summary>
    public const string Enable = "enable";

    /// <summary>Makes a destination the active one.</summary>
    public const string Switch = "switch";

    /// <summary>Takes a switch back, and goes to the most preferred destination that is up.</summary>
    public const string Failback = "failback";

    /// <summary>Resets what is open on a destination.</summary>
    public const string Close = "close";

    /// <summary>Takes the configuration over now, listeners as well.</summary>
    public const string Reload = "reload";

    /// <summary>Starts a new process and hands everything over to it.</summary>
    public const string Upgrade = "upgrade";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Status, Ready, Sessions, Open, Explain, Drain, Disable, Enable, Switch, Failback, Close, Reload, Upgrade];
}
