using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace HaProxyNet.Tls.Certificates.Loading;

/// <summary>The blocks of a PEM file (RFC 7468).</summary>
internal static class PemFile
{
    private const string Certificate = "CERTIFICATE";

    /// <summary>Whether the content is PEM; what is not may be PFX or DER.</summary>
    public static bool IsPem(ReadOnlySpan<byte> content) => content.IndexOf("-----BEGIN "u8) >= 0;

    /// <summary>All certificates in their order, or what is wrong with one of them.</summary>
    public static (X509Certificate2Collection Certificates, string? Problem) Certificates(byte[] content)
    {
        var text = Encoding.UTF8.GetString(content);
        var certificates = new X509Certificate2Collection();
        foreach (var block in Blocks(text).Where(b => b.Label is Certificate or "X509 CERTIFICATE" or "TRUSTED CERTIFICATE"))
        {
            try
            {
                certificates.Add(X509CertificateLoader.LoadCertificate(block.Data));
            }
            catch (CryptographicException)
            {
                return (certificates, $"certificate {certificates.Count + 1} in it cannot be read");
            }
        }

        // A file that is being written, or was cut: without this, a chain would silently be shorter.
        return (certificates, IsCut(text) ? "its last block is cut short" : null);
    }

    /// <summary>The first private key; null when there is none.</summary>
    public static (string Label, byte[] Data)? PrivateKey(byte[] content)
        => Blocks(Encoding.UTF8.GetString(content)).Where(b => b.Label.EndsWith("PRIVATE KEY", StringComparison.Ordinal))
            .Select(b => ((string, byte[])?)b).FirstOrDefault();

    /// <summary>Whether a key is encrypted as OpenSSL did before PKCS #8: .NET does not read that.</summary>
    public static bool HasLegacyEncryption(ReadOnlySpan<byte> content) => content.IndexOf("Proc-Type: 4,ENCRYPTED"u8) >= 0;

    /// <summary>Whether the last block has no end.</summary>
    public static bool IsCut(string text)
        => text.LastIndexOf("-----BEGIN ", StringComparison.Ordinal) > text.LastIndexOf("-----END ", StringComparison.Ordinal);

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
