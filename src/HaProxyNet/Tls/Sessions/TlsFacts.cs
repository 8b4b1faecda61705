using HaProxyNet.Tls.Certificates.Own;

namespace HaProxyNet.Tls.Sessions;

/// <summary>What a handshake has agreed on.</summary>
/// <param name="Version">The version as the log and the metrics write it: <c>1.3</c>; empty: none.</param>
/// <param name="CipherSuite">The cipher suite by its IANA name; empty: none.</param>
/// <param name="Alpn">The application protocol; empty: none.</param>
/// <param name="ServerName">The name that the client asked for; empty: none.</param>
/// <param name="PeerSubject">The subject of the peer's certificate; empty: it has shown none.</param>
internal sealed record TlsFacts(string Version, string CipherSuite, string Alpn, string ServerName, string PeerSubject)
{
    /// <summary>The common name in the peer's certificate; null: it has shown none, or one without.</summary>
    public string? PeerCommonName { get; init; }

    /// <summary>What a client was shown; null in a session with a destination.</summary>
    public ShownCertificate? Shown { get; init; }

    public static TlsFacts None { get; } = new("", "", "", "", "");
}
