using System.Buffers;
using System.Globalization;

namespace HaProxyNet.Configuration.Syntax;

/// <summary>The syntax of a host name: RFC 1123, and the underscore that some Windows names have.</summary>
internal static class HostName
{
    /// <summary>Characters of the longest name, without the dot of the root.</summary>
    public const int LongestName = 253;

    private const int LongestLabel = 63;

    private static readonly SearchValues<char> _letters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    /// <summary>What is wrong with a name; null when nothing is.</summary>
    public static string? ProblemOf(string host)
    {
        if (!host.All(char.IsAscii))
        {
            return AsciiForm(host) is { } ascii
                ? $"'{host}' has letters beyond ASCII: write it as it is in DNS, {ascii}"
                : $"'{host}' is not a host name";
        }

        var name = WithoutDot(host);
        var labels = name.Split('.');
        if (IsNumber(labels[^1]))
        {
            return $"'{host}' is neither a host name nor an IP address";
        }

        return AreLabels(name) ? null : $"'{host}' is not a host name";
    }

    /// <summary>
    /// The name without the dot of the root: it keeps resolvers from search domains, and belongs in no server name (RFC 6066, 3).
    /// </summary>
    public static string WithoutDot(string name) => name.EndsWith('.') ? name[..^1] : name;

    /// <summary>
    /// Whether a name that a peer has made up can be shown and compared. It may have an empty label: what a TLS library took for a name is
    /// not refused here.
    /// </summary>
    public static bool IsShowable(string? name) => name is not null && name.All(IsLetter);

    /// <summary>
    /// The name as it was on the wire: SslStream shows the letters behind <c>xn--…</c>, and certificates and routes have the form that is
    /// sent.
    /// </summary>
    public static string AsSent(string name) => name.All(char.IsAscii) ? name : AsciiForm(name) ?? name;

    /// <summary>The form of an international name that is sent (RFC 5890); null: it has none.</summary>
    private static string? AsciiForm(string host)
    {
        try
        {
            return new IdnMapping().GetAscii(host);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Resolvers take a name whose last label is a number, in hexadecimal too, for an IPv4 address in a short form.</summary>
    private static bool IsNumber(string label) =>
        label.Length > 0
        && (label.All(char.IsAsciiDigit)
            || (label.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && label.Skip(2).All(char.IsAsciiHexDigit)));

    private static bool IsLetter(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_';

    /// <summary>Whether this consists of labels, and is not too long. An address in digits does, too.</summary>
    public static bool AreLabels(ReadOnlySpan<char> name)
    {
        if (name.Length > LongestName)
        {
            return false;
        }

        foreach (var range in name.Split('.'))
        {
            var label = name[range];
            if (label.Length is 0 or > LongestLabel || label[0] == '-' || label[^1] == '-' || label.ContainsAnyExcept(_letters))
            {
                return false;
            }
        }

        return true;
    }
}
