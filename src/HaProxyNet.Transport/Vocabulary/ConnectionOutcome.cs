namespace HaProxyNet.Transport.Vocabulary;

/// <summary>How a connection ended: the <c>outcome</c> of the log line and of <c>connections_total</c>.</summary>
internal enum ConnectionOutcome
{
    /// <summary>It has not ended.</summary>
    None = 0,

    /// <summary>Both sides closed in order.</summary>
    Completed,

    /// <summary>The client reset the connection.</summary>
    ClientReset,

    /// <summary>The destination reset the connection after it had accepted.</summary>
    DestinationReset,

    /// <summary>The client went away before a destination was connected.</summary>
    ClientAborted,

    /// <summary>No destination accepted; the client was reset.</summary>
    NoDestination,

    /// <summary>No byte in either direction for the cluster's idle time-out.</summary>
    IdleTimeout,

    /// <summary>Still open when the drain ended.</summary>
    DrainDeadline,

    /// <summary>An operator closed it.</summary>
    ClosedByAdmin,

    /// <summary>Closed after a failback, as the cluster's policy asks.</summary>
    FailedBack,

    /// <summary>Closed because its destination went down, as the cluster's policy asks.</summary>
    DestinationDown,

    /// <summary>The client had not sent a byte in time.</summary>
    FirstByteTimeout,

    /// <summary>The TLS handshake with the client failed or took too long, or a peer broke the protocol later.</summary>
    TlsFailed,

    /// <summary>The client had not sent a complete TLS hello in time.</summary>
    HelloTimeout,

    /// <summary>The client had not sent yet what is waited for, and its place was needed by another connection.</summary>
    CrowdedOut,

    /// <summary>Refused for its PROXY header, or because it had none.</summary>
    ProxyHeader,

    /// <summary>A side's system did not answer any more: no acknowledgement within <c>UserTimeout</c>, or no answer to keepalive.</summary>
    PeerVanished,

    /// <summary>A fault of the proxy itself; the log has the details.</summary>
    InternalError,
}

/// <summary>The words for outcomes.</summary>
internal static class ConnectionOutcomes
{
    /// <summary>The label in metrics and logs.</summary>
    public static string Label(this ConnectionOutcome outcome) => outcome switch
    {
        ConnectionOutcome.Completed => "completed",
        ConnectionOutcome.ClientReset => "client_reset",
        ConnectionOutcome.DestinationReset => "destination_reset",
        ConnectionOutcome.ClientAborted => "client_aborted",
        ConnectionOutcome.NoDestination => "no_destination",
        ConnectionOutcome.IdleTimeout => "idle_timeout",
        ConnectionOutcome.DrainDeadline => "drain_deadline",
        ConnectionOutcome.ClosedByAdmin => "closed_by_admin",
        ConnectionOutcome.FailedBack => "failed_back",
        ConnectionOutcome.DestinationDown => "destination_down",
        ConnectionOutcome.FirstByteTimeout => "first_byte_timeout",
        ConnectionOutcome.TlsFailed => "tls_failed",
        ConnectionOutcome.HelloTimeout => "hello_timeout",
        ConnectionOutcome.CrowdedOut => "crowded_out",
        ConnectionOutcome.ProxyHeader => "proxy_header",
        ConnectionOutcome.PeerVanished => "peer_vanished",
        ConnectionOutcome.InternalError => "internal_error",
        _ => "none",
    };

    /// <summary>
    /// Which side ended the connection: for an orderly end, the side whose FIN came first; where one has vanished, that one.
    /// </summary>
    public static string ClosedBy(this ConnectionOutcome outcome, RelaySide by) => outcome switch
    {
        ConnectionOutcome.ClientReset or ConnectionOutcome.ClientAborted => "client",
        ConnectionOutcome.DestinationReset => "destination",
        ConnectionOutcome.Completed or ConnectionOutcome.PeerVanished => by is RelaySide.Client ? "client" : "destination",
        _ => "proxy",
    };

    /// <summary>By what the connection was ended: a peer's FIN or reset, the kernel, or one of the proxy's own reasons.</summary>
    public static string ClosedWith(this ConnectionOutcome outcome) => outcome switch
    {
        ConnectionOutcome.Completed => "fin",
        ConnectionOutcome.ClientReset or ConnectionOutcome.DestinationReset => "reset",
        ConnectionOutcome.ClientAborted => "fin_or_reset",
        ConnectionOutcome.PeerVanished => "kernel_timeout",
        ConnectionOutcome.IdleTimeout or ConnectionOutcome.FirstByteTimeout or ConnectionOutcome.HelloTimeout => "proxy_timeout",
        ConnectionOutcome.FailedBack or ConnectionOutcome.DestinationDown => "policy",
        ConnectionOutcome.ClosedByAdmin => "operator",
        ConnectionOutcome.DrainDeadline => "shutdown",
        ConnectionOutcome.NoDestination => "no_destination",
        ConnectionOutcome.TlsFailed => "tls",
        ConnectionOutcome.InternalError => "fault",
        _ => "none",
    };
}
