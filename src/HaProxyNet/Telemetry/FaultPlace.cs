namespace HaProxyNet.Telemetry;

/// <summary>
/// The boundaries of the proxy: what the system, the runtime or a library calls, and where an exception would end the process. What is
/// thrown there ends that one piece of work. docs/architecture.md lists them.
/// </summary>
internal enum FaultPlace
{
    /// <summary>One connection's life, from accept to close.</summary>
    Connection,

    /// <summary>One request of a client of HTTP, or the end of its destination's connection between two.</summary>
    Request,

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

/// <summary>The words for places of internal faults.</summary>
internal static class FaultPlaces
{
    /// <summary>Every place.</summary>
    public static IReadOnlyList<FaultPlace> All { get; } = Enum.GetValues<FaultPlace>();

    /// <summary>The label in metrics.</summary>
    public static string Label(this FaultPlace place) => place switch
    {
        FaultPlace.Connection => "connection",
        FaultPlace.Request => "request",
        FaultPlace.LaneEvent => "lane_event",
        FaultPlace.LaneTimer => "lane_timer",
        FaultPlace.LaneWork => "lane_work",
        FaultPlace.Accept => "accept",
        FaultPlace.Tls => "tls",
        FaultPlace.HealthTimer => "health_timer",
        FaultPlace.Probe => "probe",
        FaultPlace.Names => "names",
        FaultPlace.FailoverTimer => "failover_timer",
        FaultPlace.Announcement => "announcement",
        FaultPlace.SessionCut => "session_cut",
        FaultPlace.Listening => "listening",
        FaultPlace.CertificateRenewal => "certificate_renewal",
        FaultPlace.FolderWatch => "folder_watch",
        FaultPlace.Reload => "reload",
        FaultPlace.Control => "control",
        FaultPlace.Admin => "admin",
        FaultPlace.Metrics => "metrics",
        FaultPlace.Log => "log",
        FaultPlace.History => "history",
        FaultPlace.Signal => "signal",
        FaultPlace.Background => "background",
        _ => throw new ArgumentOutOfRangeException(nameof(place)),
    };

    /// <summary>What ends there, as a sentence for the log.</summary>
    public static string Consequence(this FaultPlace place) => place switch
    {
        FaultPlace.Connection => "One connection was reset",
        FaultPlace.Request => "One request of HTTP was answered with 500, or its connection was closed",
        FaultPlace.LaneEvent => "One connection is reset",
        FaultPlace.LaneTimer or FaultPlace.LaneWork => "One step of one connection was given up",
        FaultPlace.Accept => "The listener tries again in a second",
        FaultPlace.Tls => "One TLS handshake was ended",
        FaultPlace.HealthTimer => "This round of health checks was given up; the next one follows",
        FaultPlace.Probe => "One probe has no result; the next one follows",
        FaultPlace.Names => "One name keeps the addresses it had; it is asked again",
        FaultPlace.FailoverTimer => "The failback was not decided; it is decided again in a second",
        FaultPlace.Announcement => "A change was not passed on to all that follow it",
        FaultPlace.SessionCut => "Some sessions were not ended",
        FaultPlace.Listening => "A listener was neither paused nor resumed",
        FaultPlace.CertificateRenewal => "The certificates stay as they are; the files are read again in ten seconds",
        FaultPlace.FolderWatch => "A folder is not watched; its files are read every ten seconds",
        FaultPlace.Reload => "The running configuration stays",
        FaultPlace.Control => "One command was not answered",
        FaultPlace.Admin => "One request was not answered",
        FaultPlace.Metrics => "One scrape was not answered",
        FaultPlace.Log => "Some lines of the log are lost",
        FaultPlace.History => "Some of the history is lost",
        FaultPlace.Signal => "One signal was not obeyed",
        FaultPlace.Background => "One piece of background work was given up",
        _ => throw new ArgumentOutOfRangeException(nameof(place)),
    };
}
