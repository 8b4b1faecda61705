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

/// <summary>What the ends of attempts mean, and their words.</summary>
internal static class ConnectStatuses
{
    /// <summary>Whether the status is evidence about the destination, and not about the client or this machine.</summary>
    public static bool IsEvidence(this ConnectStatus status) => status is ConnectStatus.Connected or ConnectStatus.Refused
        or ConnectStatus.Reset or ConnectStatus.Unreachable or ConnectStatus.TimedOut or ConnectStatus.Unresolved
        or ConnectStatus.TlsFailed or ConnectStatus.Loop;

    /// <summary>Whether this machine could not try.</summary>
    public static bool IsOwnTrouble(this ConnectStatus status) => status is ConnectStatus.LocalFailure or ConnectStatus.NoDescriptor
        or ConnectStatus.NoPort or ConnectStatus.NoMemory or ConnectStatus.Forbidden;

    /// <summary>The label of the status in metrics and logs.</summary>
    public static string Label(this ConnectStatus status) => status switch
    {
        ConnectStatus.Connected => "connected",
        ConnectStatus.Refused => "refused",
        ConnectStatus.Reset => "reset",
        ConnectStatus.Unreachable => "unreachable",
        ConnectStatus.TimedOut => "timeout",
        ConnectStatus.Unresolved => "unresolved",
        ConnectStatus.LocalFailure => "local_failure",
        ConnectStatus.NoDescriptor => "no_descriptor",
        ConnectStatus.NoPort => "no_port",
        ConnectStatus.NoMemory => "no_memory",
        ConnectStatus.Forbidden => "forbidden",
        ConnectStatus.ClientGone => "client_gone",
        ConnectStatus.Aborted => "aborted",
        ConnectStatus.Slow => "hedge",
        ConnectStatus.Overtaken => "overtaken",
        ConnectStatus.MovedOn => "went_down",
        ConnectStatus.TlsFailed => "tls",
        ConnectStatus.Loop => "loop",
        _ => "pending",
    };
}
