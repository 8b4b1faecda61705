namespace HaProxyNet.Tls.Sessions;

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
