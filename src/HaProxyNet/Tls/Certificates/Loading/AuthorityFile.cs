using HaProxyNet.Configuration.Reading;
using HaProxyNet.Telemetry;
using HaProxyNet.Tls.Certificates.Peers;

namespace HaProxyNet.Tls.Certificates.Loading;

/// <summary>The authorities of a <c>CaPath</c>.</summary>
internal static class AuthorityFile
{
    private const string Allowed = "a file with the certificates of the authorities, the root among them: PEM, DER or PKCS #7";

    /// <summary>Loads them; null, and a fault, when that does not go.</summary>
    /// <param name="path">The file as configured; empty: the system's authorities.</param>
    /// <param name="at">Where it is configured.</param>
    /// <param name="files">The files, already read.</param>
    /// <param name="time">Judges whether a certificate is valid now.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static TrustAnchors? Load(string path, SettingPath at, ConfiguredFiles files, TimeProvider time, FaultCollector faults)
    {
        if (path.Length == 0)
        {
            return new TrustAnchors(authorities: null, time);
        }

        if (files.Content(path, at, Allowed, faults) is not { } content)
        {
            return null;
        }

        var (certificates, _, others, problem) = CertificateContent.Read(content);
        problem ??= certificates.Count == 0 ? ForeignFormat.Describe(content, files.NameOf(path)) ?? "there is no certificate in it" : null;
        problem ??= certificates.Any(CertificateFacts.IsSelfIssued)
            ? null
            : $"it holds no root, only '{PeerText.Clean(certificates[0].Subject)}', which "
                + $"'{PeerText.Clean(certificates[0].Issuer)}' has issued";
        if (problem is not null)
        {
            faults.Add(at, $"{files.NameOf(path)}: {problem}", Allowed);
            return null;
        }

        if (others.Contains("X509 CRL", StringComparer.Ordinal))
        {
            faults.Warn(
                at, $"{files.NameOf(path)} holds a list of revoked certificates (CRL), and none is checked here", "certificates alone");
        }

        return new TrustAnchors(certificates, time);
    }
}
