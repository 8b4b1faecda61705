namespace HaProxyNet.Configuration.Tls;

/// <summary>
/// The versions of TLS that a listener can speak: those that MinVersion allows and that have a suite. A version without a suite must not be
/// offered: SslStream then fails every handshake, those of the other version as well.
/// </summary>
/// <param name="Tls12">Whether TLS 1.2 is spoken.</param>
/// <param name="Tls13">Whether TLS 1.3 is spoken.</param>
internal readonly record struct SpokenVersions(bool Tls12, bool Tls13)
{
    /// <summary>Whether any version is spoken.</summary>
    public bool Any => Tls12 || Tls13;

    /// <summary>With any certificate.</summary>
    /// <param name="oldest">The oldest version that is allowed.</param>
    /// <param name="suites">Suites by their IANA names; empty: the platform's, which serve both versions and both kinds of key.</param>
    public static SpokenVersions Of(TlsVersion oldest, IReadOnlyCollection<string> suites) => Of(oldest, suites, suite => !IsTls13(suite));

    /// <summary>With a certificate of this kind.</summary>
    public static SpokenVersions Of(TlsVersion oldest, IReadOnlyCollection<string> suites, CertificateKey key)
        => Of(oldest, suites, suite => Needs(suite, key));

    /// <summary>The suites of TLS 1.3 say nothing of a key exchange (RFC 8446, B.4).</summary>
    public static bool IsTls13(string suite) => !suite.Contains("_WITH_", StringComparison.Ordinal);

    private static SpokenVersions Of(TlsVersion oldest, IReadOnlyCollection<string> suites, Func<string, bool> servesTls12) => new(
        Tls12: oldest is TlsVersion.Tls12 && (suites.Count == 0 || suites.Any(servesTls12)),
        Tls13: suites.Count == 0 || suites.Any(IsTls13));

    /// <summary>What stands before WITH is the key exchange, and last in it the key that signs.</summary>
    private static bool Needs(string suite, CertificateKey key)
        => suite.Contains(key is CertificateKey.Ecdsa ? "_ECDSA_WITH_" : "_RSA_WITH_", StringComparison.Ordinal);
}
