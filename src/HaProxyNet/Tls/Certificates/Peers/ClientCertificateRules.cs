using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration.Tls;

namespace HaProxyNet.Tls.Certificates.Peers;

/// <summary>Which clients' certificates a listener takes. Immutable.</summary>
/// <param name="mode">Whether one is asked for.</param>
/// <param name="anchors">The authorities that may have issued it.</param>
/// <param name="allowedSubjects">The common names or DNS names that may connect; empty: all.</param>
internal sealed class ClientCertificateRules(ClientCertificateMode mode, TrustAnchors anchors, IEnumerable<string> allowedSubjects)
{
    private readonly HashSet<string> _allowed = new(allowedSubjects, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a certificate is asked for.</summary>
    public ClientCertificateMode Mode => mode;

    /// <summary>The authorities that clients are told of; null where those of the system are taken, which are too many to tell.</summary>
    public X509Certificate2Collection? Authorities => anchors.Authorities;

    /// <summary>How the chain that <see cref="Judge(X509Certificate2?, X509Chain?)"/> takes has to be built.</summary>
    public X509ChainPolicy ChainPolicy() => anchors.Policy(TrustAnchors.ClientAuthentication);

    /// <summary>Judges a certificate whose chain has been built with <see cref="ChainPolicy"/>. Any thread.</summary>
    /// <param name="certificate">What the client has sent; none when it has sent none.</param>
    /// <param name="chain">Its chain; not needed without a certificate.</param>
    public CertificateVerdict Judge(X509Certificate2? certificate, X509Chain? chain)
    {
        if (certificate is null || mode is ClientCertificateMode.None)
        {
            return mode is ClientCertificateMode.Required
                ? CertificateVerdict.Refused("the client has sent no certificate, and ClientCertificate.Mode is Required")
                : CertificateVerdict.Accepted;
        }

        ArgumentNullException.ThrowIfNull(chain);
        if ((ChainLimits.ProblemOf(certificate, anchors.Sent(chain)) ?? ChainProblem.Of(chain, certificate)) is { } problem)
        {
            return NotTaken(certificate, problem);
        }

        return _allowed.Count == 0 || CertificateNames.Subjects(certificate).Any(_allowed.Contains)
            ? CertificateVerdict.Accepted
            : CertificateVerdict.Refused(
                $"the client's certificate '{CertificateNames.Display(certificate)}' is not one of AllowedSubjects");
    }

    /// <summary>Builds the chain itself, from what the client has sent, and judges.</summary>
    public CertificateVerdict Judge(X509Certificate2? certificate, X509Certificate2Collection sent)
    {
        if (certificate is null || mode is ClientCertificateMode.None)
        {
            return Judge(certificate, chain: null);
        }

        // Before any signature is verified.
        if (ChainLimits.ProblemOf(certificate, sent) is { } problem)
        {
            return NotTaken(certificate, problem);
        }

        using var chain = new X509Chain { ChainPolicy = ChainPolicy() };
        chain.ChainPolicy.ExtraStore.AddRange(sent);
        chain.Build(certificate);
        return Judge(certificate, chain);
    }

    private static CertificateVerdict NotTaken(X509Certificate2 certificate, string problem)
        => CertificateVerdict.Refused($"the client's certificate '{CertificateNames.Display(certificate)}' is not taken: {problem}");
}
