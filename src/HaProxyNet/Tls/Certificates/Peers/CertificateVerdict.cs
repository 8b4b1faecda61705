using System.Runtime.InteropServices;

namespace HaProxyNet.Tls.Certificates.Peers;

/// <summary>Whether a peer's certificate is taken, and if not, why, in an operator's words.</summary>
/// <param name="IsAccepted">Whether the handshake may go on.</param>
/// <param name="Reason">Why not; empty when it may.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CertificateVerdict(bool IsAccepted, string Reason)
{
    public static CertificateVerdict Accepted { get; } = new(IsAccepted: true, "");

    public static CertificateVerdict Refused(string reason) => new(IsAccepted: false, reason);
}
