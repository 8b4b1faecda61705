using System.Formats.Asn1;

namespace HaProxyNet.Tls.Certificates.Loading;

/// <summary>
/// Encryptions of keys and PFX files that .NET does not read, by their identifiers: without this they look like a wrong password.
/// </summary>
internal static class ForeignEncryption
{
    private static readonly (string Identifier, string Name)[] _known =
    [
        ("1.2.840.113549.1.12.1.1", "RC4"),
        ("1.2.840.113549.1.12.1.2", "RC4"),
        ("1.2.840.113549.3.4", "RC4"),
        ("1.2.840.113549.3.2", "RC2 in PBES2"),
        ("1.3.14.3.2.7", "DES in PBES2"),
        ("1.2.392.200011.61.1.1.1.2", "Camellia"),
        ("1.2.392.200011.61.1.1.1.3", "Camellia"),
        ("1.2.392.200011.61.1.1.1.4", "Camellia"),
        ("1.2.840.113549.1.5.14", "a sum in PBMAC1"),
        ("1.2.410.200046.1.1.2", "ARIA"),
        ("1.2.410.200046.1.1.7", "ARIA"),
        ("1.2.410.200046.1.1.12", "ARIA"),
        ("1.2.410.200004.1.4", "SEED"),
        ("1.2.156.10197.1.104.2", "SM4"),
        ("1.3.6.1.4.1.11591.4.11", "scrypt"),
        ("1.2.840.113549.2.6", "a key made by HMAC-MD5"),
        ("1.2.840.113549.2.8", "a key made by HMAC-SHA-224"),
        ("1.2.840.113549.2.12", "a key made by HMAC-SHA-512/224"),
        ("1.2.840.113549.2.13", "a key made by HMAC-SHA-512/256"),
        ("2.16.840.1.101.3.4.2.4", "a sum in SHA-224"),
        ("2.16.840.1.101.3.4.2.5", "a sum in SHA-512/224"),
        ("2.16.840.1.101.3.4.2.6", "a sum in SHA-512/256"),
        ("2.16.840.1.101.3.4.2.7", "a sum in SHA3-224"),
        ("2.16.840.1.101.3.4.2.8", "a sum in SHA3-256"),
        ("2.16.840.1.101.3.4.2.9", "a sum in SHA3-384"),
        ("2.16.840.1.101.3.4.2.10", "a sum in SHA3-512"),
    ];

    /// <summary>A name for an identifier; the identifier, when nothing else is known.</summary>
    public static string NameOf(string identifier)
        => Array.Find(_known, one => one.Identifier == identifier).Name ?? $"the cipher {identifier}";

    /// <summary>The first of them that a PFX file names, which it does in the open; null: none.</summary>
    public static string? InPfx(ReadOnlySpan<byte> pfx)
    {
        foreach (var (identifier, name) in _known)
        {
            var writer = new AsnWriter(AsnEncodingRules.DER);
            writer.WriteObjectIdentifier(identifier);
            if (pfx.IndexOf(writer.Encode()) >= 0)
            {
                return name;
            }
        }

        return null;
    }
}
