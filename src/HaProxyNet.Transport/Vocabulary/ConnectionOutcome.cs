namespace HaProxyNet.Transport.Vocabulary;

/// <summary>How a connection ended: the <c>outcome</c> of the log line and of <c>connections_total</c>.</summary>
public enum ConnectionOutcome
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
