using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Tls.Certificates.Peers;
using HaProxyNet.Tls.OpenSsl.Native;

namespace HaProxyNet.Tls.OpenSsl;

/// <summary>What a peer has sent to prove who it is, as .NET's types.</summary>
internal static unsafe class PeerCertificates
{
    /// <summary>The peer's own certificate, out of a verification (<c>X509_STORE_CTX</c>); none when it has sent none.</summary>
    public static X509Certificate2? Own(nint verification)
        => LibCrypto.VerifiedCertificate(verification) is var certificate and not 0 ? Copy(certificate) : null;

    /// <summary>What it has sent; of more than is judged, one too many: a copy costs a tenth of a millisecond.</summary>
    public static X509Certificate2Collection Sent(nint verification)
    {
        var stack = LibCrypto.VerifiedChain(verification);
        var sent = new X509Certificate2Collection();
        var count = Math.Min(LibCrypto.StackCount(stack), ChainLimits.MostCertificates + 1);
        for (var i = 0; i < count; i++)
        {
            sent.Add(Copy(LibCrypto.StackValue(stack, i)));
        }

        return sent;
    }

    private static X509Certificate2 Copy(nint certificate)
    {
        var der = new byte[LibCrypto.EncodeCertificate(certificate, null)];
        fixed (byte* start = der)
        {
            var end = start;
            _ = LibCrypto.EncodeCertificate(certificate, &end);
        }

        return X509CertificateLoader.LoadCertificate(der);
    }
}
