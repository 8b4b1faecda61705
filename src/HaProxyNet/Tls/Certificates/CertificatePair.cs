using System.Runtime.InteropServices;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Tls.Certificates.Own;

namespace HaProxyNet.Tls.Certificates;

/// <summary>
/// What is shown for a name: at most one certificate for each kind of key. A client says in its hello which kinds it can verify.
/// </summary>
/// <param name="Rsa">The one with an RSA key; null: there is none.</param>
/// <param name="Ecdsa">The one with an ECDSA key; null: there is none.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CertificatePair(ServerCertificate? Rsa, ServerCertificate? Ecdsa)
{
    /// <summary>Whether the client's abilities decide.</summary>
    public bool IsChoice => Rsa is not null && Ecdsa is not null;

    /// <summary>One or two, in the order of preference: an ECDSA signature costs a tenth of an RSA one.</summary>
    public IEnumerable<ServerCertificate> All => new[] { Ecdsa, Rsa }.OfType<ServerCertificate>();

    /// <summary>The certificate for a client.</summary>
    /// <param name="takesEcdsa">Whether the client can verify the one with an ECDSA key. Every client can verify RSA.</param>
    public ServerCertificate Choose(bool takesEcdsa) => (takesEcdsa ? Ecdsa ?? Rsa : Rsa ?? Ecdsa)!;

    /// <summary>Adds a certificate if its kind is still missing: the first one counts, because the order is the operator's.</summary>
    public CertificatePair With(ServerCertificate certificate) => certificate.Key is CertificateKey.Rsa
        ? this with { Rsa = Rsa ?? certificate }
        : this with { Ecdsa = Ecdsa ?? certificate };

    /// <summary>Takes from another pair what is missing here.</summary>
    public CertificatePair Or(CertificatePair other) => new(Rsa ?? other.Rsa, Ecdsa ?? other.Ecdsa);
}
