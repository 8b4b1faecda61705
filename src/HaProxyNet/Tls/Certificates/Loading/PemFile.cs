using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HaProxyNet.Tls.Certificates.Loading;

/// <summary>The blocks of a PEM file (RFC 7468).</summary>
internal static class PemFile
{
    private const string Begin = "-----BEGIN ";

    /// <summary>
    /// Thirty times what a system's whole set of authorities has. The search for the end of a block takes a time that grows with the file.
    /// </summary>
    private const int MostBlocks = 5000;

    /// <summary>Whether there is a block, whole or not.</summary>
    public static bool IsPem(string text) => text.Contains(Begin, StringComparison.Ordinal);

    /// <summary>What the blocks hold, or what is wrong with one of them.</summary>
    public static CertificateContent Read(string text)
    {
        if (text.AsSpan().Count(Begin) is > MostBlocks and var count)
        {
            return CertificateContent.Bad([], $"{count} blocks begin in it, and {MostBlocks} are the most that is read");
        }

        var (certificates, keys, others) = (new X509Certificate2Collection(), new List<KeyBlock>(), new List<string>());
        foreach (var (label, data) in Blocks(text))
        {
            switch (label)
            {
                case "CERTIFICATE" or "X509 CERTIFICATE" or "TRUSTED CERTIFICATE" when DerShapes.Of(data) is not DerShape.Pkcs7:
                    if (!TryAdd(certificates, data))
                    {
                        return CertificateContent.Bad(certificates, $"certificate {certificates.Count + 1} in it cannot be read");
                    }

                    break;
                case "PKCS7" or "CMS" or "PKCS #7 SIGNED DATA" or "CERTIFICATE":
                    if (DerContent.Read(data) is not { Problem: null, Certificates: var more })
                    {
                        return CertificateContent.Bad(certificates, "its PKCS #7 block cannot be read");
                    }

                    certificates.AddRange(more);
                    break;
                case var key when key.EndsWith("PRIVATE KEY", StringComparison.Ordinal)
                    && !key.StartsWith("OPENSSH", StringComparison.Ordinal):
                    keys.Add(new(key, data));
                    break;
                default:
                    others.Add(label);
                    break;
            }
        }

        return new(certificates, keys, others, ProblemOf(text));
    }

    /// <summary>The PFX in a block of its own; null when there is none.</summary>
    public static byte[]? Pfx(string text)
        => text.Contains("BEGIN PKCS12", StringComparison.Ordinal) || text.Contains("BEGIN PFX", StringComparison.Ordinal)
            ? Blocks(text).Find(b => b.Label is "PKCS12" or "PFX").Data
            : null;

    /// <summary>Whether a key is encrypted as OpenSSL did before PKCS #8: .NET does not read that.</summary>
    public static bool HasLegacyEncryption(string text) => text.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal);

    /// <summary>A certificate with what OpenSSL's <c>x509 -trustout</c> may have appended to it.</summary>
    private static bool TryAdd(X509Certificate2Collection certificates, byte[] data)
    {
        try
        {
            AsnDecoder.ReadEncodedValue(data, AsnEncodingRules.BER, out _, out _, out var length);
            certificates.Add(X509CertificateLoader.LoadCertificate(data.AsSpan(0, length)));
            return true;
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or AsnContentException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>
    /// A block that is no PEM is passed over by the search for the next one: without this, a chain would silently be shorter.
    /// </summary>
    private static string? ProblemOf(string text)
    {
        // A file that is being written, or was cut.
        if (text.LastIndexOf(Begin, StringComparison.Ordinal) > text.LastIndexOf("-----END ", StringComparison.Ordinal))
        {
            return "its last block is cut short";
        }

        var read = Blocks(text).Select(b => b.Label).ToList();
        foreach (var (label, begun) in text.Split(Begin).Skip(1).Select(rest => rest.Split("-----", 2)[0]).CountBy(label => label))
        {
            var whole = read.Count(l => l == label);
            if (whole != begun && !HasLegacyEncryption(text))
            {
                return label == "CERTIFICATE"
                    ? $"{begun} certificates begin in it, and only {whole} of them can be read"
                    : $"{begun} blocks '{label}' begin in it, and only {whole} of them can be read";
            }
        }

        return null;
    }

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
