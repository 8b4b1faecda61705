using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Vocabulary;

/// <summary>How far what was seen reaches.</summary>
internal static class EvidenceScopes
{
    /// <summary>How far an attempt had come that ended this way.</summary>
    public static EvidenceScope Scope(this ConnectStatus status)
        => status is ConnectStatus.TlsFailed ? EvidenceScope.Handshake : EvidenceScope.Accept;
}
