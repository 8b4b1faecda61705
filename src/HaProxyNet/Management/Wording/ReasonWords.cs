namespace HaProxyNet.Management.Wording;

/// <summary>Reasons, which are one word in logs and metrics, as parts of a sentence. Pure.</summary>
internal static class ReasonWords
{
    /// <summary>What a destination does, or what is wrong with it: <c>it …</c>.</summary>
    public static string OfHealth(string reason) => reason switch
    {
        "start" => "has not been tried since the start",
        "connected" => "accepts connections",
        "answered" => "answers its probes",
        "resolved" => "has an address again",
        "refused" => "refuses connections (nothing listens on its port)",
        "reset" => "resets connections while they are made",
        "unreachable" => "cannot be reached (the network has no way to it)",
        "timeout" => "does not answer",
        "unresolved" => "has a name without an address",
        "tls" => "accepts, and the TLS handshake with it fails",
        "hedge" => "has not answered in time",
        "hold_down" => "accepts again, and has to prove itself because it has failed more than once",
        "closed" => "closes connections at once",
        "wrong_status" => "answers its probe with another HTTP status than configured",
        "bad_answer" => "answers its probe with something else than the protocol allows",
        "loop" => "has an address that leads back to this proxy",
        _ => $"is reported as {reason}",
    };

    /// <summary>Why the active destination of a cluster changed.</summary>
    public static string OfSwitch(string reason) => reason switch
    {
        "draining" => "an operator drains it",
        "disabled" => "an operator has disabled it",
        "enabled" => "an operator has put it back",
        "switch" => "an operator has switched",
        "failback" => "an operator has asked for the failback",
        "reload" => "the configuration has changed",
        "stable" => "the preferred one was stable for as long as Failback.StableFor asks",
        "idle" => "the other one had no connection left, as Failback.Mode WhenIdle asks",
        "window" => "the time window of the failback had come",
        "connected" => "it accepts again",
        _ => "it " + OfHealth(reason),
    };

    /// <summary>The number of Linux that a failed connect had; null: there is none, or more than one.</summary>
    public static string? ErrnoOf(string reason) => reason switch
    {
        "refused" => "ECONNREFUSED",
        "reset" => "ECONNRESET",
        "timeout" => "ETIMEDOUT, or the time-out of the proxy",
        "unreachable" => "EHOSTUNREACH or ENETUNREACH",
        _ => null,
    };

    /// <summary>How a connection ended that did not end in order, as its client felt it.</summary>
    public static string OfOutcome(string outcome) => outcome switch
    {
        "no_destination" => "was reset: no destination accepted",
        "destination_reset" => "was reset by the destination",
        "client_reset" => "was reset by the client",
        "client_aborted" => "was given up by the client",
        "idle_timeout" => "was silent for longer than IdleTimeout",
        "drain_deadline" => "was still open when the proxy stopped",
        "closed_by_admin" => "was closed by an operator",
        "failed_back" => "was closed after the failback, as Failback.Sessions asks",
        "destination_down" => "was closed because its destination went down, as WhenDown.Sessions asks",
        "first_byte_timeout" => "sent no byte in time",
        "hello_timeout" => "sent no TLS hello in time",
        "crowded_out" => "had not sent yet what is waited for, and its place was needed",
        "proxy_header" => "brought no PROXY protocol header that the listener takes",
        "tls_failed" => "broke off in TLS",
        "peer_vanished" => "was ended because a peer had vanished: what was sent to it was not acknowledged within UserTimeout",
        "internal_error" => "was reset by a fault of the proxy; its log says which",
        _ => $"ended as {outcome}",
    };
}
