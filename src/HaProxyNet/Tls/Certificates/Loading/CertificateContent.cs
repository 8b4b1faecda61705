using System.Runtime.InteropServices;
using System.Security.Cryptography.X509Certificates;

namespace HaProxyNet.Tls.Certificates.Loading;

/// <summary>
/// What a file holds, whatever its form: PEM in any encoding, DER, PKCS #7. PFX needs a password and is read by <see cref="PfxFile"/>.
/// </summary>
/// <param name="Certificates">The certificates in the order of the file.</param>
/// <param name="Keys">The private keys, still encoded.</param>
/// <param name="Others">The labels of other blocks.</param>
/// <param name="Problem">What is wrong with it; null: nothing.</param>
internal sealed record CertificateContent(
    X509Certificate2Collection Certificates, IReadOnlyList<KeyBlock> Keys, IReadOnlyList<string> Others, string? Problem)
{
    public static CertificateContent Empty { get; } = new([], [], [], Problem: null);

    public static CertificateContent Bad(X509Certificate2Collection certificates, string problem) => new(certificates, [], [], problem);

    public static CertificateContent Read(byte[] content)
        => PemText.Of(content) is var text && PemFile.IsPem(text) ? PemFile.Read(text) : DerContent.Read(PemText.Bare(content) ?? content);

    /// <summary>The PFX in a file: as it is, as bare base64, or in a PEM block; null when there is none.</summary>
    public static byte[]? Pfx(byte[] content)
    {
        var text = PemText.Of(content);
        var bytes = PemFile.IsPem(text) ? PemFile.Pfx(text) ?? [] : PemText.Bare(content) ?? content;
        return DerShapes.Of(bytes) is DerShape.Pfx ? bytes : null;
    }
}

/// <summary>A private key as it is in a file.</summary>
/// <param name="Label">Its form, in PEM's words.</param>
/// <param name="Data">Its bytes, decoded from base64.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct KeyBlock(string Label, byte[] Data);
