using System.Runtime.InteropServices;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Tls.OpenSsl.Native;

namespace HaProxyNet.Tls.OpenSsl;

/// <summary>Cipher suites in OpenSSL's words.</summary>
/// <param name="Tls12">Those of TLS 1.2, with colons between; empty: that version is not spoken.</param>
/// <param name="Tls13">Those of TLS 1.3; null: the library's own, empty: that version is not spoken.</param>
internal sealed record CipherNames(string Tls12, string? Tls13)
{
    /// <summary>
    /// What .NET takes on Linux as well, and ChaCha20 for processors without AES: forward secrecy alone. Those without an authenticated
    /// mode stand last, for systems as old as Windows Server 2012 R2 that have nothing better with an RSA key.
    /// </summary>
    public static CipherNames Default { get; } = new(
        "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-GCM-SHA256:"
        + "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:"
        + "ECDHE-ECDSA-AES256-SHA384:ECDHE-ECDSA-AES128-SHA256:ECDHE-RSA-AES256-SHA384:ECDHE-RSA-AES128-SHA256",
        Tls13: null);

    /// <summary>From IANA names, whose order is kept; the default when there are none.</summary>
    /// <exception cref="OpenSslException">The library has none of them.</exception>
    public static CipherNames From(IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            return Default;
        }

        var tls13 = names.Where(SpokenVersions.IsTls13).ToList();
        var tls12 = names.Except(tls13).Select(NameOf).OfType<string>().ToList();
        return tls12.Count + tls13.Count > 0
            ? new(string.Join(':', tls12), string.Join(':', tls13))
            : throw new OpenSslException($"OpenSSL has none of the cipher suites {string.Join(", ", names)}");
    }

    /// <summary>OpenSSL's name; null when it does not have the suite, as SslStream does without it too.</summary>
    private static string? NameOf(string name)
        => Marshal.PtrToStringUTF8(LibSsl.CipherName(name)) is { } own && !own.Equals("(NONE)", StringComparison.Ordinal) ? own : null;
}
