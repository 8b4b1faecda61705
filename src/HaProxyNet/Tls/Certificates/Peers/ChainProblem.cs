using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Tls.Certificates.Peers;

/// <summary>Puts what a built chain found into an operator's words.</summary>
internal static class ChainProblem
{
    private const string Day = "yyyy-MM-dd HH:mm 'UTC'";

    /// <summary>The most telling problem of a chain that has been built; null when it holds.</summary>
    public static string? Of(X509Chain chain, X509Certificate2 certificate)
    {
        var found = X509ChainStatusFlags.NoError;
        foreach (var status in chain.ChainStatus)
        {
            found |= status.Status;
        }

        return found is X509ChainStatusFlags.NoError ? null : Words(found, chain, certificate);
    }

    /// <summary>Why a certificate is not valid at a time; null when it is.</summary>
    public static string? OfTime(X509Certificate2 certificate, DateTimeOffset now)
    {
        if (now < CertificateFacts.NotBefore(certificate))
        {
            return $"it is not valid before {CertificateFacts.NotBefore(certificate).ToString(Day)} (check the clocks)";
        }

        return now > CertificateFacts.NotAfter(certificate)
            ? $"it expired on {CertificateFacts.NotAfter(certificate).ToString(Day)}"
            : null;
    }

    private static string Words(X509ChainStatusFlags found, X509Chain chain, X509Certificate2 certificate)
    {
        const X509ChainStatusFlags Untrusted = X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain;
        if ((found & Untrusted) is not X509ChainStatusFlags.NoError)
        {
            var last = chain.ChainElements.Count > 0 ? chain.ChainElements[^1].Certificate : certificate;
            return last.SubjectName.RawData.AsSpan().SequenceEqual(last.IssuerName.RawData)
                ? $"it comes from '{PeerText.Clean(last.Subject)}', which is not trusted here; put that authority into CaPath"
                : $"its chain ends at '{PeerText.Clean(last.Subject)}', and the issuer '{PeerText.Clean(last.Issuer)}' is not known here; "
                    + "put it into CaPath";
        }

        if ((found & X509ChainStatusFlags.NotTimeValid) is not X509ChainStatusFlags.NoError)
        {
            var at = new DateTimeOffset(chain.ChainPolicy.VerificationTime.ToUniversalTime());
            return OfTime(certificate, at) ?? "an authority in its chain has expired or is not valid yet";
        }

        return (found & X509ChainStatusFlags.NotValidForUsage) is not X509ChainStatusFlags.NoError
            ? $"it is not made for {chain.ChainPolicy.ApplicationPolicy[0].FriendlyName} (extended key usage)"
            : $"its chain does not hold: {string.Join(", ", chain.ChainStatus.Select(s => s.Status))}";
    }
}
