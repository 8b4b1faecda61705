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
        ("1.3.6.1.4.1.11591.4.11", "scrypt"),
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
