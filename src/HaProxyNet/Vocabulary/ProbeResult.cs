namespace HaProxyNet.Vocabulary;

/// <summary>How a probe ended.</summary>
internal enum ProbeResult
{
    /// <summary>The destination serves, as far as the method can see.</summary>
    Success,

    /// <summary>Nobody listens.</summary>
    Refused,

    /// <summary>Reset, before or after it was accepted.</summary>
    Reset,

    /// <summary>The network says there is no way.</summary>
    Unreachable,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>This machine could not try; says nothing about the destination.</summary>
    LocalFailure,

    /// <summary>Accepted, and closed before an answer.</summary>
    Closed,

    /// <summary>No TLS session: a protocol, a version or a certificate that does not fit.</summary>
    TlsFailed,

    /// <summary>An HTTP answer with another status than the expected one.</summary>
    WrongStatus,

    /// <summary>An answer that says no, or is none.</summary>
    BadAnswer,

    /// <summary>Not asked: its address leads back to a listener of the proxy itself.</summary>
    Loop,
}
