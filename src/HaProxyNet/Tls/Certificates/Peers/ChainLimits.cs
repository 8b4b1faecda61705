using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace HaProxyNet.Tls.Certificates.Peers;

/// <summary>
/// What a peer may send to be judged at all. A stranger chooses it, and the judging costs processor time that other connections wait for:
/// with these bounds some milliseconds at the most, without them a fifth of a second. All of it is looked at before any signature is
/// verified.
/// </summary>
internal static class ChainLimits
{
    /// <summary>Certificates in a chain, the peer's own among them; Java takes no more either.</summary>
    public const int MostCertificates = 10;

    /// <summary>Bytes of the message with the chain.</summary>
    public const int MostBytes = 32 * 1024;

    private const int MostRsaBytes = 8192 / 8;

    /// <summary>An exponent as long as the modulus makes one check cost as much as a hundred.</summary>
    private const int MostExponentBytes = 4;

    private const string Rsa = "1.2.840.113549.1.1.1";
    private const string RsaPss = "1.2.840.113549.1.1.10";
    private const string Ec = "1.2.840.10045.2.1";

    /// <summary>Ed25519 and Ed448 (RFC 8410).</summary>
    private static readonly HashSet<string?> _edwards = ["1.3.101.112", "1.3.101.113"];

    /// <summary>P-256, P-384, P-521 (RFC 5480), and brainpool's curves of 256 and 384 bits (RFC 5639).</summary>
    private static readonly HashSet<string> _curves =
        ["1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35", "1.3.36.3.3.2.8.1.1.7", "1.3.36.3.3.2.8.1.1.11"];

    /// <summary>Why a chain is not judged; null when it is.</summary>
    /// <param name="certificate">The peer's own.</param>
    /// <param name="sent">All that it has sent, its own among them or not.</param>
    public static string? ProblemOf(X509Certificate2 certificate, IEnumerable<X509Certificate2> sent)
    {
        var own = certificate.RawDataMemory;
        var count = 1;
        foreach (var issuer in sent.Where(c => !c.RawDataMemory.Span.SequenceEqual(own.Span)))
        {
            if (++count > MostCertificates)
            {
                return $"its chain has more than {MostCertificates} certificates";
            }

            if (!IsJudged(issuer))
            {
                return Words(issuer);
            }
        }

        return IsJudged(certificate) ? null : Words(certificate);
    }

    private static string Words(X509Certificate2 certificate)
        => $"the key of '{CertificateNames.Display(certificate)}' is of a kind or size that is not judged "
            + $"(RSA up to {MostRsaBytes * 8} bits with an exponent of 32 bits, EC on P-256, P-384, P-521 or brainpool, Ed25519, Ed448)";

    private static bool IsJudged(X509Certificate2 certificate)
    {
        try
        {
            var key = certificate.PublicKey;
            return key.Oid.Value switch
            {
                Rsa or RsaPss => IsJudgedRsa(key.EncodedKeyValue.RawData),
                Ec => new AsnReader(key.EncodedParameters?.RawData ?? [], AsnEncodingRules.DER) is var reader
                    && reader.PeekTag() == Asn1Tag.ObjectIdentifier && _curves.Contains(reader.ReadObjectIdentifier()),
                var other => _edwards.Contains(other),
            };
        }
        catch (Exception malformed) when (malformed is AsnContentException or System.Security.Cryptography.CryptographicException)
        {
            return false;
        }
    }

    private static bool IsJudgedRsa(byte[] key)
    {
        var numbers = new AsnReader(key, AsnEncodingRules.DER).ReadSequence();

        // A leading zero keeps the modulus positive.
        return numbers.ReadIntegerBytes().Length <= MostRsaBytes + 1 && numbers.ReadIntegerBytes().Length <= MostExponentBytes + 1;
    }
}
