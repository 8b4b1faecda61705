using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Tls.OpenSsl.Native;

namespace HaProxyNet.Tls.OpenSsl;

/// <summary>What a peer has sent to prove who it is, as .NET's types.</summary>
internal static unsafe class PeerCertificates
{
    /// <summary>The peer's own certificate, out of a verification (<c>X509_STORE_CTX</c>); none when it has sent none.</summary>
    public static X509Certificate2? Own(nint verification)
        => LibCrypto.VerifiedCertificate(verification) is var certificate and not 0 ? Copy(certificate) : null;

    /// <summary>All that it has sent.</summary>
    public static X509Certificate2Collection Sent(nint verification)
    {
        var stack = LibCrypto.VerifiedChain(verification);
        var sent = new X509Certificate2Collection();
        for (var i = 0; i < LibCrypto.StackCount(stack); i++)
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
