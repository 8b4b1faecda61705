using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Telemetry;
using HaProxyNet.Tls.Certificates.Peers;

namespace HaProxyNet.Tls.Certificates.Own;

/// <summary>
/// What makes clients refuse a certificate, found before they do. Warnings, not faults: an expired certificate must not keep the proxy from
/// being restarted at night.
/// </summary>
internal static class GuardRails
{
    /// <summary>Renewals take days where people have to agree; from here on it is said every day.</summary>
    public static readonly TimeSpan RenewalTime = TimeSpan.FromDays(30);

    private const int LeastRsaBits = 2048;
    private const int LeastEcBits = 256;
    private const string AnyUsage = "2.5.29.37.0";

    /// <summary>The certificate that a client of this name gets holds for the name.</summary>
    public static void CheckName(X509Certificate2 certificate, string serverName, SettingPath at, FaultCollector faults)
    {
        if (!CertificateNames.Match(certificate, serverName))
        {
            faults.Warn(
                at,
                $"clients ask for {serverName}, and the certificate is for {CertificateNames.DisplayAll(certificate)}: they refuse it",
                $"a certificate with the DNS name {serverName}, or the name that clients use");
        }
    }

    /// <summary>A private key that every user of the machine may read is no secret.</summary>
    public static void CheckKeyFile(string path, SettingPath at, FaultCollector faults)
    {
        if (!OperatingSystem.IsWindows() && ModeOf(path) is { } mode && mode.HasFlag(UnixFileMode.OtherRead))
        {
            faults.Warn(
                at,
                $"every user of this machine may read the private key in {path} (mode {Convert.ToString((int)mode, 8)})",
                $"chmod o= {path}; and a new key, if somebody may have read this one");
        }
    }

    /// <summary>Time, strength and purpose of a certificate.</summary>
    public static void Check(ServerCertificate shown, Oid usage, SettingPath at, DateTimeOffset now, FaultCollector faults)
    {
        var certificate = shown.Certificate;
        var name = CertificateNames.Display(certificate);
        if (TimeProblem(certificate, now) is { } time)
        {
            faults.Warn(
                at,
                $"the certificate '{name}': {time}",
                "a certificate that holds: renew it, the file is loaded as soon as it has changed");
        }

        foreach (var weakness in Weaknesses([certificate, .. shown.Chain]))
        {
            faults.Warn(
                at,
                weakness,
                $"an RSA key of {LeastRsaBits} bits or more, or an EC key of {LeastEcBits} or more, signed with SHA-256 or better");
        }

        if (!IsMadeFor(certificate, usage))
        {
            faults.Warn(
                at,
                $"the certificate '{name}' is not made for {usage.FriendlyName} (extended key usage): peers refuse it",
                $"a certificate for {usage.FriendlyName}");
        }
    }

    /// <summary>
    /// Whether a client that knows only the authorities of its system can find its way from the certificate to one of them.
    /// </summary>
    public static void CheckChain(ServerCertificate shown, SettingPath at, DateTimeOffset now, FaultCollector faults)
    {
        var certificate = shown.Certificate;
        if (CertificateFacts.IsSelfIssued(certificate))
        {
            faults.Warn(
                at,
                $"the certificate '{CertificateNames.Display(certificate)}' is self-signed: only clients that were given it take it",
                "a certificate of an authority that clients trust");
            return;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.LocalDateTime;
        chain.ChainPolicy.ExtraStore.AddRange(shown.Chain);
        chain.Build(certificate);
        if (chain.ChainStatus.Any(s => s.Status.HasFlag(X509ChainStatusFlags.PartialChain)))
        {
            var last = chain.ChainElements.Count > 0 ? chain.ChainElements[^1].Certificate : certificate;
            faults.Warn(
                at,
                $"the chain that is sent ends at '{PeerText.Clean(last.Subject)}', whose issuer "
                    + $"'{PeerText.Clean(last.Issuer)}' this system does not know",
                $"append the intermediate certificates to the file; if '{PeerText.Clean(last.Issuer)}' is the root of your own authority "
                    + "and clients know it, all is well");
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static UnixFileMode? ModeOf(string path)
    {
        try
        {
            return File.GetUnixFileMode(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether it is out of time, or soon will be; null when it is neither.</summary>
    public static string? TimeProblem(X509Certificate2 certificate, DateTimeOffset now)
        => ChainProblem.OfTime(certificate, now) ?? TimeLeft(CertificateFacts.NotAfter(certificate), now);

    /// <summary>How much time is left, when it is little; null else.</summary>
    public static string? TimeLeft(DateTimeOffset notAfter, DateTimeOffset now)
        => notAfter <= now ? $"it expired on {notAfter:yyyy-MM-dd}"
            : notAfter - now < RenewalTime ? $"it expires in {(int)(notAfter - now).TotalDays} days, on {notAfter:yyyy-MM-dd}"
            : null;

    /// <summary>Keys and signatures that peers no longer take, one sentence each.</summary>
    public static IEnumerable<string> Weaknesses(IEnumerable<X509Certificate2> certificates)
    {
        foreach (var certificate in certificates)
        {
            var name = CertificateNames.Display(certificate);
            using var rsa = certificate.GetRSAPublicKey();
            using var ec = certificate.GetECDsaPublicKey();
            if (rsa?.KeySize < LeastRsaBits || ec?.KeySize < LeastEcBits)
            {
                yield return $"the key of '{name}' has {rsa?.KeySize ?? ec?.KeySize} bits, which is too weak";
            }

            if (!CertificateFacts.IsSelfIssued(certificate)
                && certificate.SignatureAlgorithm.FriendlyName is { } algorithm
                && (algorithm.Contains("sha1", StringComparison.OrdinalIgnoreCase)
                    || algorithm.Contains("md5", StringComparison.OrdinalIgnoreCase)))
            {
                yield return $"'{name}' is signed with {algorithm}, which clients no longer take";
            }
        }
    }

    /// <summary>Whether the certificate may be used for this: nothing said is everything.</summary>
    public static bool IsMadeFor(X509Certificate2 certificate, Oid usage)
    {
        var usages = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().SelectMany(e => e.EnhancedKeyUsages.Cast<Oid>())
            .Select(oid => oid.Value).ToList();
        return usages.Count == 0 || usages.Contains(usage.Value) || usages.Contains(AnyUsage);
    }
}
