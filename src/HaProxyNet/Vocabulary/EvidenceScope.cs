using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Vocabulary;

/// <summary>What a piece of evidence has looked at, besides whether the destination accepts.</summary>
[Flags]
internal enum EvidenceScope
{
    /// <summary>Nothing more: it accepts, or it does not.</summary>
    Accept = 0,

    /// <summary>Whether a TLS session comes about.</summary>
    Handshake = 1,

    /// <summary>Whether it answers a question as it should, or accepts at another port.</summary>
    Answer = 2,
}

/// <summary>How far what was seen reaches.</summary>
internal static class EvidenceScopes
{
    /// <summary>How far an attempt had come that ended this way.</summary>
    public static EvidenceScope Scope(this ConnectStatus status)
        => status is ConnectStatus.TlsFailed ? EvidenceScope.Handshake : EvidenceScope.Accept;
}
