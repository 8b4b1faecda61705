namespace HaProxyNet.Telemetry;

/// <summary>The words for places of internal faults.</summary>
internal static class FaultPlaces
{
    /// <summary>Every place.</summary>
    public static IReadOnlyList<FaultPlace> All { get; } = Enum.GetValues<FaultPlace>();

    /// <summary>The label in metrics.</summary>
    public static string Label(this FaultPlace place) => place switch
    {
        FaultPlace.Connection => "connection",
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
