using System.Formats.Asn1;

namespace HaProxyNet.Tls.Certificates.Loading;

/// <summary>What a block of DER is, told by its first elements. The formats are told apart without a password.</summary>
internal enum DerShape
{
    /// <summary>Not DER, or nothing that is known here.</summary>
    Unknown,

    /// <summary>An X.509 certificate.</summary>
    Certificate,

    /// <summary>A request for a certificate (PKCS #10).</summary>
    Request,

    /// <summary>A list of revoked certificates.</summary>
    RevocationList,

    /// <summary>Certificates in PKCS #7.</summary>
    Pkcs7,

    /// <summary>PKCS #12.</summary>
    Pfx,

    /// <summary>A private key in PKCS #8.</summary>
    Pkcs8,

    /// <summary>An encrypted private key in PKCS #8.</summary>
    EncryptedPkcs8,

    /// <summary>A private RSA key in PKCS #1.</summary>
    Pkcs1,

    /// <summary>A private EC key in SEC 1.</summary>
    Sec1,

    /// <summary>A public key.</summary>
    PublicKey,
}

/// <summary>Looks at the first elements of a block.</summary>
internal static class DerShapes
{
    /// <summary>signedData (RFC 5652, 5.1).</summary>
    private const string SignedData = "1.2.840.113549.1.7.2";
    private static readonly Asn1Tag _context0 = new(TagClass.ContextSpecific, 0, isConstructed: true);

    public static DerShape Of(ReadOnlyMemory<byte> block)
    {
        try
        {
            var outer = new AsnReader(block, AsnEncodingRules.BER).ReadSequence();
            var first = outer.PeekTag();
            return first == Asn1Tag.Integer ? AfterNumber(outer)
                : first == Asn1Tag.ObjectIdentifier ? outer.ReadObjectIdentifier() is SignedData ? DerShape.Pkcs7 : DerShape.Unknown
                : first == Asn1Tag.Sequence ? AfterSequence(outer)
                : DerShape.Unknown;
        }
        catch (Exception other) when (other is AsnContentException or InvalidOperationException)
        {
            return DerShape.Unknown;
        }
    }

    private static DerShape AfterNumber(AsnReader outer)
    {
        outer.ReadInteger();
        if (outer.PeekTag() == Asn1Tag.Integer)
        {
            return DerShape.Pkcs1;
        }

        if (outer.PeekTag() == Asn1Tag.PrimitiveOctetString)
        {
            return DerShape.Sec1;
        }

        outer.ReadSequence();
        return outer.HasData && outer.PeekTag() == Asn1Tag.PrimitiveOctetString ? DerShape.Pkcs8 : DerShape.Pfx;
    }

    private static DerShape AfterSequence(AsnReader outer)
    {
        var inner = outer.ReadSequence();
        var next = outer.PeekTag();
        if (next == Asn1Tag.PrimitiveOctetString)
        {
            return DerShape.EncryptedPkcs8;
        }

        if (next == Asn1Tag.PrimitiveBitString)
        {
            return DerShape.PublicKey;
        }

        if (inner.PeekTag() == _context0)
        {
            return DerShape.Certificate;
        }

        // A certificate of version 1 begins with its serial number and an algorithm, a request with 0 and a name, which is a list of sets.
        if (inner.PeekTag() != Asn1Tag.Integer)
        {
            return DerShape.RevocationList;
        }

        inner.ReadInteger();
        var name = inner.ReadSequence();
        if (!name.HasData || name.PeekTag() == Asn1Tag.SetOf)
        {
            return DerShape.Request;
        }

        // A revocation list of version 2 has a name and a time next, a certificate a name and two times.
        inner.ReadSequence();
        return inner.PeekTag() == Asn1Tag.Sequence ? DerShape.Certificate : DerShape.RevocationList;
    }
}
