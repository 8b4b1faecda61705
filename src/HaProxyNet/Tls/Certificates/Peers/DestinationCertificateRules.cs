using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration.Tls;

namespace HaProxyNet.Tls.Certificates.Peers;

/// <summary>Which certificates of destinations the proxy, as their client, takes. Immutable.</summary>
/// <param name="verify">Without it every certificate is taken.</param>
/// <param name="anchors">The authorities that may have issued it.</param>
/// <param name="thumbprints">
/// SHA-256 thumbprints, in hexadecimal, that are taken as they are. With some, and without a CaPath, nothing else is taken.
/// </param>
/// <param name="setting">Where those stand, for the message that one is not among them.</param>
internal sealed class DestinationCertificateRules(
    bool verify,
    TrustAnchors anchors,
    IEnumerable<string> thumbprints,
    string setting = "Tls.Thumbprints")
{
    private readonly HashSet<string> _pins = new(thumbprints.Select(Thumbprint.Normalize), StringComparer.OrdinalIgnoreCase);

    private string? _refusal;

    /// <summary>Whether certificates are verified at all.</summary>
    public bool Verify => verify;

    /// <summary>Rules that take no certificate at all.</summary>
    public static DestinationCertificateRules Refusing(string reason)
        => new(verify: true, new TrustAnchors(new X509Certificate2Collection(), TimeProvider.System), []) { _refusal = reason };

    /// <summary>How the chain that <see cref="Judge(X509Certificate2?, X509Chain?, string)"/> takes has to be built.</summary>
    public X509ChainPolicy ChainPolicy() => anchors.Policy(TrustAnchors.ServerAuthentication);

    /// <summary>Judges a certificate whose chain has been built with <see cref="ChainPolicy"/>. Any thread.</summary>
    /// <param name="certificate">What the destination has sent.</param>
    /// <param name="chain">Its chain.</param>
    /// <param name="name">The host name or IP address that it has to hold for.</param>
    public CertificateVerdict Judge(X509Certificate2? certificate, X509Chain? chain, string name)
    {
        if (JudgeWithoutChain(certificate) is { } verdict)
        {
            return verdict;
        }

        ArgumentNullException.ThrowIfNull(chain);
        if ((ChainLimits.ProblemOf(certificate!, anchors.Sent(chain)) ?? ChainProblem.Of(chain, certificate!)) is { } problem)
        {
            return NotTaken(certificate!, problem);
        }

        return CertificateNames.Match(certificate!, name)
            ? CertificateVerdict.Accepted
            : CertificateVerdict.Refused(
                $"the certificate {Describe(certificate!)} is not for '{name}' but for {CertificateNames.DisplayAll(certificate!)}");
    }

    /// <summary>Builds the chain itself, from what the destination has sent, and judges.</summary>
    public CertificateVerdict Judge(X509Certificate2? certificate, X509Certificate2Collection sent, string name)
    {
        if (JudgeWithoutChain(certificate) is { } verdict)
        {
            return verdict;
        }

        // Before any signature is verified.
        if (ChainLimits.ProblemOf(certificate!, sent) is { } problem)
        {
            return NotTaken(certificate!, problem);
        }

        using var chain = new X509Chain { ChainPolicy = ChainPolicy() };
        chain.ChainPolicy.ExtraStore.AddRange(sent);
        chain.Build(certificate!);
        return Judge(certificate, chain, name);
    }

    /// <summary>What can be said without a chain; null when the chain decides.</summary>
    private CertificateVerdict? JudgeWithoutChain(X509Certificate2? certificate)
    {
        if (_refusal is not null)
        {
            return CertificateVerdict.Refused(_refusal);
        }

        if (!verify)
        {
            return CertificateVerdict.Accepted;
        }

        if (certificate is null)
        {
            return CertificateVerdict.Refused("the destination has sent no certificate");
        }

        if (_pins.Count == 0)
        {
            return null;
        }

        var thumbprint = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        return _pins.Contains(thumbprint) ? CertificateVerdict.Accepted
            : anchors.Authorities is null
                ? CertificateVerdict.Refused(
                    $"the certificate {Describe(certificate)} has the thumbprint {thumbprint}, which is not one of {setting}")
                : null;
    }

    private static CertificateVerdict NotTaken(X509Certificate2 certificate, string problem)
        => CertificateVerdict.Refused($"the certificate {Describe(certificate)} is not taken: {problem}");

    private static string Describe(X509Certificate2 certificate) => $"'{CertificateNames.Display(certificate)}'";
}
