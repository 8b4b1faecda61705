namespace HaProxyNet.Telemetry;

/// <summary>
/// The boundaries of the proxy: what the system, the runtime or a library calls, and where an exception would end the process. What is
/// thrown there ends that one piece of work. docs/architecture.md lists them.
/// </summary>
internal enum FaultPlace
{
    /// <summary>One connection's life, from accept to close.</summary>
    Connection,

    /// <summary>One event of a lane: a socket that is ready.</summary>
    LaneEvent,

    /// <summary>One timer of a lane.</summary>
    LaneTimer,

    /// <summary>One piece of work that was posted to a lane.</summary>
    LaneWork,

    /// <summary>The accept loop of a listener.</summary>
    Accept,

    /// <summary>A callback of the TLS library, or the judgement of a certificate that it asked for.</summary>
    Tls,

    /// <summary>One round of the health scheduler's timer.</summary>
    HealthTimer,

    /// <summary>One probe, drill or recovery question.</summary>
    Probe,

    /// <summary>One look-up of a name.</summary>
    Names,

    /// <summary>The failover director's timer.</summary>
    FailoverTimer,

    /// <summary>The announcement of a change to those that follow it.</summary>
    Announcement,

    /// <summary>The end of sessions that a policy or an operator decided.</summary>
    SessionCut,

    /// <summary>Pausing or resuming a listener.</summary>
    Listening,

    /// <summary>A look at the certificates' files.</summary>
    CertificateRenewal,

    /// <summary>A folder's watcher.</summary>
    FolderWatch,

    /// <summary>A reload of the configuration.</summary>
    Reload,

    /// <summary>The control socket.</summary>
    Control,

    /// <summary>A request to the admin endpoint.</summary>
    Admin,

    /// <summary>Collecting the metrics.</summary>
    Metrics,

    /// <summary>The log's output.</summary>
    Log,

    /// <summary>The history on the disk.</summary>
    History,

    /// <summary>A signal of the system.</summary>
    Signal,

    /// <summary>Work of the thread pool that nothing waited for.</summary>
    Background,
}
