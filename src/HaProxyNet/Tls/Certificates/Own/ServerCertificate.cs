using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration.Tls;

namespace HaProxyNet.Tls.Certificates.Own;

/// <summary>
/// A certificate that this proxy shows, with its key and chain: made once, used by every handshake until it is replaced. Resumption works
/// only while the same <see cref="Context"/> is used, and ends with it. Never disposed: handshakes that have begun may still use it.
/// </summary>
internal sealed class ServerCertificate
{
    /// <summary>Prepares a certificate for handshakes.</summary>
    /// <param name="certificate">The certificate; its private key can be exported, for an engine that wants PEM or DER.</param>
    /// <param name="chain">The intermediate authorities, from its issuer upwards.</param>
    public ServerCertificate(X509Certificate2 certificate, X509Certificate2Collection chain)
    {
        Certificate = certificate;
        Chain = chain;
        Names = CertificateNames.Of(certificate);
        Key = CertificateFacts.KeyOf(certificate) ?? CertificateKey.Ecdsa;
        KeyBits = CertificateFacts.KeyBits(certificate);
        Shown = ShownCertificate.Of(certificate, Key, KeyBits);

        // Offline: a start, or a reload, must not wait for a server that the certificate names.
        Context = SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }

    /// <summary>The certificate with its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The kind of its key.</summary>
    public CertificateKey Key { get; }

    /// <summary>The size of its key; for ECDSA it names the curve.</summary>
    public int KeyBits { get; }

    /// <summary>How it is made, for PROXY headers.</summary>
    public ShownCertificate Shown { get; }

    /// <summary>What is sent behind it.</summary>
    public X509Certificate2Collection Chain { get; }

    /// <summary>The DNS names that it holds for.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>What <see cref="SslStream"/> is given.</summary>
    public SslStreamCertificateContext Context { get; }
}
