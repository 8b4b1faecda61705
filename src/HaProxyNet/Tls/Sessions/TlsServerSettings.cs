using HaProxyNet.Configuration.Tls;
using HaProxyNet.Tls.Certificates.Own;

namespace HaProxyNet.Tls.Sessions;

/// <summary>
/// What a listener offers to its clients; the certificates and the rules for clients' certificates are asked for at each handshake.
/// </summary>
/// <param name="Certificates">What is shown by server name, and what is asked of clients.</param>
/// <param name="MinVersion">The oldest version that is spoken.</param>
/// <param name="CipherSuites">Cipher suites by their IANA names; empty: the platform's choice.</param>
/// <param name="Alpn">Application protocols in order of preference; empty: a client's offer is ignored.</param>
internal sealed record TlsServerSettings(
    ListenerCertificates Certificates, TlsVersion MinVersion, IReadOnlyList<string> CipherSuites, IReadOnlyList<string> Alpn)
{
    public static TlsServerSettings From(ListenerTlsOptions options, ListenerCertificates certificates)
        => new(certificates, options.MinVersion, [.. options.CipherSuites], [.. options.Alpn]);

    /// <summary>Whether clients would be offered the same, from the same certificates.</summary>
    public bool IsSame(TlsServerSettings other) => ReferenceEquals(Certificates, other.Certificates)
        && MinVersion == other.MinVersion && CipherSuites.SequenceEqual(other.CipherSuites) && Alpn.SequenceEqual(other.Alpn);
}
