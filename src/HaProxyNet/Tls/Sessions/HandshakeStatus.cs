namespace HaProxyNet.Tls.Sessions;

/// <summary>How a handshake ended.</summary>
internal enum HandshakeStatus
{
    /// <summary>Both sides agree.</summary>
    Success,

    /// <summary>The peer went away before the end: FIN or reset.</summary>
    PeerGone,

    /// <summary>What came is not TLS.</summary>
    NotTls,

    /// <summary>There is no version, cipher suite or application protocol that both sides allow.</summary>
    NoAgreement,

    /// <summary>The peer's certificate is not taken, or there is none where one is required.</summary>
    CertificateRefused,

    /// <summary>The peer has sent a fatal alert: it does not take our certificate, or our terms.</summary>
    RefusedByPeer,

    /// <summary>Anything else that breaks the protocol.</summary>
    Failed,

    /// <summary>It took too long.</summary>
    TimedOut,

    /// <summary>The connection was asked to end.</summary>
    Aborted,
}

/// <summary>The words for the ends of handshakes.</summary>
internal static class HandshakeStatuses
{
    /// <summary>Every end.</summary>
    public static IReadOnlyList<HandshakeStatus> All { get; } = Enum.GetValues<HandshakeStatus>();

    /// <summary>The <c>result</c> label in metrics and logs.</summary>
    public static string Label(this HandshakeStatus status) => status switch
    {
        HandshakeStatus.Success => "success",
        HandshakeStatus.PeerGone => "peer_gone",
        HandshakeStatus.NotTls => "not_tls",
        HandshakeStatus.NoAgreement => "no_agreement",
        HandshakeStatus.CertificateRefused => "certificate_refused",
        HandshakeStatus.RefusedByPeer => "refused_by_peer",
        HandshakeStatus.Failed => "failed",
        HandshakeStatus.TimedOut => "timeout",
        HandshakeStatus.Aborted => "aborted",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
