using System.Security.Cryptography.X509Certificates;

namespace HaProxyNet.Tls.Certificates.Loading;

/// <summary>
/// Puts a certificate's issuers into the order in which they are sent, however the file has them: each one behind what it has issued. TLS
/// 1.2 requires that (RFC 5246, 7.4.2), and older clients refuse another order.
/// </summary>
internal static class ChainOrder
{
    /// <summary>The issuers in order, and the certificates that have issued nothing of the chain.</summary>
    public static (X509Certificate2Collection Chain, IReadOnlyList<X509Certificate2> Strangers) Of(
        X509Certificate2 certificate,
        IEnumerable<X509Certificate2> others)
    {
        var rest = others.Where(c => !Same(c, certificate)).DistinctBy(c => c.Thumbprint).ToList();
        X509Certificate2Collection chain = [];
        for (var (at, subject) = (0, certificate); subject is not null; subject = at < chain.Count ? chain[at++] : null)
        {
            if (CertificateFacts.IsSelfIssued(subject))
            {
                continue;
            }

            var issuers = rest.Where(c => c.SubjectName.RawData.AsSpan().SequenceEqual(subject.IssuerName.RawData)).ToList();
            issuers.ForEach(issuer => rest.Remove(issuer));
            chain.AddRange(issuers.ToArray());
        }

        return (chain, rest);
    }

    private static bool Same(X509Certificate2 one, X509Certificate2 other)
        => one.RawDataMemory.Span.SequenceEqual(other.RawDataMemory.Span);
}
