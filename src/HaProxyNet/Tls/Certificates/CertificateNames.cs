using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration.Syntax;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Tls.Certificates;

/// <summary>The names that a certificate holds for.</summary>
internal static class CertificateNames
{
    private const int MostShown = 10;
    private const string CommonNameOid = "2.5.4.3";

    /// <summary>The DNS names, or the common name of a certificate that has none: what a client compares (RFC 6125, 6.4.4).</summary>
    public static IReadOnlyList<string> Of(X509Certificate2 certificate)
    {
        var names = Alternatives(certificate);
        return names.Count > 0 ? names : CommonName(certificate) is { Length: > 0 } common ? [common] : [];
    }

    /// <summary>The common name and the DNS names: what a rule about subjects is checked against.</summary>
    public static IEnumerable<string> Subjects(X509Certificate2 certificate)
        => CommonName(certificate) is { Length: > 0 } common ? Alternatives(certificate).Prepend(common) : Alternatives(certificate);

    /// <summary>One name that an operator recognises it by.</summary>
    public static string Display(X509Certificate2 certificate)
        => PeerText.Clean(CommonName(certificate) ?? (Alternatives(certificate) is [var first, ..] ? first : certificate.Subject));

    /// <summary>The names that it holds for, for messages: the first ones of many.</summary>
    public static string DisplayAll(X509Certificate2 certificate)
    {
        var names = Of(certificate);
        var more = names.Count > MostShown ? $" and {names.Count - MostShown} more" : "";
        return string.Join(", ", names.Take(MostShown).Select(PeerText.Clean)) + more;
    }

    /// <summary>
    /// Whether a client that asked for <paramref name="name"/>, a host name or an IP address, would take the certificate.
    /// </summary>
    public static bool Match(X509Certificate2 certificate, string name)
    {
        try
        {
            return certificate.MatchesHostname(HostName.WithoutDot(name), allowWildcards: true, allowCommonName: true);
        }
        catch (Exception malformed) when (malformed is CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    private static List<string> Alternatives(X509Certificate2 certificate)
    {
        try
        {
            return [.. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(e => e.EnumerateDnsNames())];
        }
        catch (CryptographicException)
        {
            // An extension that cannot be read names nobody.
            return [];
        }
    }

    internal static string? CommonName(X509Certificate2 certificate)
    {
        try
        {
            return certificate.SubjectName.EnumerateRelativeDistinguishedNames()
                .FirstOrDefault(part => !part.HasMultipleElements
                    && part.GetSingleElementType().Value is CommonNameOid)?.GetSingleElementValue();
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
