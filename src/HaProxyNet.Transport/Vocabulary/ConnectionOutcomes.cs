namespace HaProxyNet.Transport.Vocabulary;

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
