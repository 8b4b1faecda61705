using System.Security.Cryptography;
using System.Text;
using HaProxyNet.State;
using Microsoft.AspNetCore.Http;

namespace HaProxyNet.Forwarding;

/// <summary>
/// The cookie by which a browser finds its destination again. Its value is the same on every proxy with the same configuration and after
/// a restart, and says nothing of the destination's name or address. Pure.
/// </summary>
internal static class AffinityCookie
{
    private const int Length = 16;

    /// <summary>The value for a destination.</summary>
    public static string ValueOf(Destination destination)
        => Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{destination.ClusterName}/{destination.Name}")).AsSpan(0, Length / 2));

    /// <summary>Whether a cookie's value is that of a destination.</summary>
    public static bool Names(string value, Destination destination)
        => value.Length == Length && value.Equals(ValueOf(destination), StringComparison.Ordinal);

    /// <summary>
    /// Its attributes. A login page may be posted to from another site (SAML): with TLS the browser is asked to send the cookie then, too.
    /// </summary>
    public static CookieOptions Attributes(bool isSecure) => new()
    {
        Path = "/",
        HttpOnly = true,
        Secure = isSecure,
        SameSite = isSecure ? SameSiteMode.None : SameSiteMode.Unspecified,
    };
}
