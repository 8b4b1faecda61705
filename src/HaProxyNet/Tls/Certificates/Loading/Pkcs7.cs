using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace HaProxyNet.Tls.Certificates.Loading;

/// <summary>
/// The certificates of a PKCS #7 file (<c>.p7b</c>), which Windows and many authorities hand out: signedData without a signature (RFC 5652,
/// 5).
/// </summary>
internal static class Pkcs7
{
    private static readonly Asn1Tag _context0 = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>All certificates in the order of the file.</summary>
    /// <exception cref="AsnContentException">It is damaged.</exception>
    public static X509Certificate2Collection Certificates(byte[] block)
    {
        var info = new AsnReader(block, AsnEncodingRules.BER).ReadSequence();
        info.ReadObjectIdentifier();
        var signed = info.ReadSequence(_context0).ReadSequence();
        signed.ReadInteger();
        signed.ReadSetOf(skipSortOrderValidation: true);
        signed.ReadSequence();
        X509Certificate2Collection certificates = [];
        if (!signed.HasData || signed.PeekTag() != _context0)
        {
            return certificates;
        }

        var list = signed.ReadSetOf(skipSortOrderValidation: true, _context0);
        while (list.HasData)
        {
            certificates.Add(X509CertificateLoader.LoadCertificate(list.ReadEncodedValue().Span));
        }

        return certificates;
    }
}
