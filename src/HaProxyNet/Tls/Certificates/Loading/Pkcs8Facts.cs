using System.Formats.Asn1;

namespace HaProxyNet.Tls.Certificates.Loading;

/// <summary>What a private key in PKCS #8 says of itself without its password (RFC 5958, RFC 8018).</summary>
internal static class Pkcs8Facts
{
    private const string Pbes2 = "1.2.840.113549.1.5.13";
    private const string Pbkdf2 = "1.2.840.113549.1.5.12";
    private const string Scrypt = "1.3.6.1.4.1.11591.4.11";

    /// <summary>AES in CBC with 128, 192 and 256 bits, and triple DES.</summary>
    private static readonly string[] _ciphers =
        ["2.16.840.1.101.3.4.1.2", "2.16.840.1.101.3.4.1.22", "2.16.840.1.101.3.4.1.42", "1.2.840.113549.3.7"];

    /// <summary>HMAC with SHA-1, SHA-256, SHA-384 and SHA-512.</summary>
    private static readonly string[] _sums =
        ["1.2.840.113549.2.7", "1.2.840.113549.2.9", "1.2.840.113549.2.10", "1.2.840.113549.2.11"];

    /// <summary>The schemes before PBES2 that are read (RFC 8018, RFC 7292): MD5 and SHA-1 with DES, RC2 and triple DES.</summary>
    private static readonly string[] _oldSchemes =
    [
        "1.2.840.113549.1.5.3", "1.2.840.113549.1.5.6", "1.2.840.113549.1.5.10", "1.2.840.113549.1.5.11",
        "1.2.840.113549.1.12.1.3", "1.2.840.113549.1.12.1.4", "1.2.840.113549.1.12.1.5", "1.2.840.113549.1.12.1.6",
    ];

    /// <summary>Says that the key is neither RSA nor ECDSA; null when it is one of them, or cannot be read.</summary>
    public static string? OtherKind(byte[] key)
    {
        try
        {
            var info = new AsnReader(key, AsnEncodingRules.BER).ReadSequence();
            info.ReadInteger();
            var kind = info.ReadSequence().ReadObjectIdentifier() switch
            {
                "1.3.101.112" => "an Ed25519 key",
                "1.3.101.113" => "an Ed448 key",
                "1.3.101.110" => "an X25519 key",
                "1.2.840.10040.4.1" => "a DSA key",
                "1.2.840.113549.1.1.10" => "a key for RSASSA-PSS alone",
                _ => null,
            };
            return kind is null
                ? null
                : $"is {kind}, and RSA or ECDSA is needed (openssl ecparam -name prime256v1 -genkey -out NEW makes one; request a "
                    + "certificate with it)";
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>The name of an encryption that .NET does not read; null when it reads it, or nothing can be said.</summary>
    public static string? OtherEncryption(byte[] key)
    {
        try
        {
            var scheme = new AsnReader(key, AsnEncodingRules.BER).ReadSequence().ReadSequence();
            if (scheme.ReadObjectIdentifier() is var name && name is not Pbes2)
            {
                return _oldSchemes.Contains(name, StringComparer.Ordinal) ? null : ForeignEncryption.NameOf(name);
            }

            var parts = scheme.ReadSequence();
            var function = parts.ReadSequence();
            var derivation = function.ReadObjectIdentifier();
            var cipher = parts.ReadSequence().ReadObjectIdentifier();
            return derivation is Scrypt ? "scrypt"
                : derivation is not Pbkdf2 ? derivation
                : !_ciphers.Contains(cipher, StringComparer.Ordinal) ? ForeignEncryption.NameOf(cipher)
                : SumOf(function) is var sum && _sums.Contains(sum, StringComparer.Ordinal) ? null
                : ForeignEncryption.NameOf(sum);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>How PBKDF2 makes the key out of the password; SHA-1 where nothing is said (RFC 8018, A.2).</summary>
    private static string SumOf(AsnReader function)
    {
        var terms = function.ReadSequence();
        terms.ReadEncodedValue();
        terms.ReadInteger();
        if (terms.HasData && terms.PeekTag() == Asn1Tag.Integer)
        {
            terms.ReadInteger();
        }

        return terms.HasData ? terms.ReadSequence().ReadObjectIdentifier() : _sums[0];
    }
}
