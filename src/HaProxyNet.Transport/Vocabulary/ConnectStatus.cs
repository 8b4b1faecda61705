namespace HaProxyNet.Transport.Vocabulary;

/// <summary>How one connect attempt ended.</summary>
internal enum ConnectStatus
{
    /// <summary>The attempt goes on.</summary>
    Pending = 0,

    /// <summary>The destination accepted (SYN-ACK).</summary>
    Connected,

    /// <summary>Answered with RST: nobody listens.</summary>
    Refused,

    /// <summary>Reset in the middle of the handshake.</summary>
    Reset,

    /// <summary>The network says there is no way: ICMP unreachable, or no route.</summary>
    Unreachable,

    /// <summary>No answer within the connect time-out.</summary>
    TimedOut,

    /// <summary>Its name has no address.</summary>
    Unresolved,

    /// <summary>This machine could not try, for a reason that has no word of its own. Says nothing about the destination.</summary>
    LocalFailure,

    /// <summary>This machine could not try: no descriptor left.</summary>
    NoDescriptor,

    /// <summary>This machine could not try: no source port left.</summary>
    NoPort,

    /// <summary>This machine could not try: no memory.</summary>
    NoMemory,

    /// <summary>This machine could not try: its own rules forbid it.</summary>
    Forbidden,

    /// <summary>The client went away while the attempt was under way. Says nothing about the destination.</summary>
    ClientGone,

    /// <summary>The connection was asked to end (drain deadline, an operator's close).</summary>
    Aborted,

    /// <summary>Not answered yet after the cluster's <c>HedgeAfter</c>; the attempt goes on together with the next one.</summary>
    Slow,

    /// <summary>An earlier attempt, which went on together with this one, was accepted first.</summary>
    Overtaken,

    /// <summary>
    /// The destination went down while the attempt was under way: others have seen enough, and nobody waits for the rest of the time-out.
    /// </summary>
    MovedOn,

    /// <summary>It accepted, and the TLS handshake with it failed or took too long.</summary>
    TlsFailed,

    /// <summary>Not tried: its address leads back to a listener of the proxy itself.</summary>
    Loop,
}
