using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace HaProxyNet.Tls.Certificates.Loading;

/// <summary>The blocks of a PEM file (RFC 7468).</summary>
internal static class PemFile
{
    private const string Begin = "-----BEGIN ";
    private const string Certificate = "CERTIFICATE";

    /// <summary>Whether the content is PEM; what is not may be PFX or DER.</summary>
    public static bool IsPem(byte[] content) => TextOf(content).Contains(Begin, StringComparison.Ordinal);

    /// <summary>All certificates in their order, or what is wrong with one of them.</summary>
    public static (X509Certificate2Collection Certificates, string? Problem) Certificates(byte[] content)
    {
        var text = TextOf(content);
        var certificates = new X509Certificate2Collection();
        foreach (var block in Blocks(text).Where(b => IsCertificate(b.Label)))
        {
            try
            {
                certificates.Add(X509CertificateLoader.LoadCertificate(block.Data));
            }
            catch (Exception unreadable) when (unreadable is CryptographicException or ArgumentException)
            {
                // .NET calls an empty block a wrong argument.
                return (certificates, $"certificate {certificates.Count + 1} in it cannot be read");
            }
        }

        // A block that is no PEM is passed over by the search for the next one: without this, a chain would silently be shorter.
        var begun = text.Split(Begin).Skip(1).Count(rest => IsCertificate(rest.Split("-----", 2)[0]));
        if (begun != certificates.Count && !IsCut(text))
        {
            return (certificates, $"{begun} certificates begin in it, and only {certificates.Count} of them can be read");
        }

        // A file that is being written, or was cut.
        return (certificates, IsCut(text) ? "its last block is cut short" : null);
    }

    /// <summary>The first private key; null when there is none.</summary>
    public static (string Label, byte[] Data)? PrivateKey(byte[] content)
        => Blocks(TextOf(content)).Where(b => b.Label.EndsWith("PRIVATE KEY", StringComparison.Ordinal))
            .Select(b => ((string, byte[])?)b).FirstOrDefault();

    /// <summary>Whether a key is encrypted as OpenSSL did before PKCS #8: .NET does not read that.</summary>
    public static bool HasLegacyEncryption(byte[] content) => TextOf(content).Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal);

    /// <summary>Whether the last block has no end.</summary>
    public static bool IsCut(string text)
        => text.LastIndexOf("-----BEGIN ", StringComparison.Ordinal) > text.LastIndexOf("-----END ", StringComparison.Ordinal);

    /// <summary>Notepad and PowerShell put a mark in front of UTF-8, and write UTF-16.</summary>
    private static string TextOf(byte[] content) => content switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8.GetString(content.AsSpan(3)),
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(content.AsSpan(2)),
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(content.AsSpan(2)),
        _ => Encoding.UTF8.GetString(content),
    };

    private static bool IsCertificate(string label) => label is Certificate or "X509 CERTIFICATE" or "TRUSTED CERTIFICATE";

    private static List<(string Label, byte[] Data)> Blocks(string text)
    {
        var blocks = new List<(string, byte[])>();
        var rest = text.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            blocks.Add((rest[fields.Label].ToString(), Convert.FromBase64String(rest[fields.Base64Data].ToString())));
            rest = rest[fields.Location.End..];
        }

        return blocks;
    }
}
