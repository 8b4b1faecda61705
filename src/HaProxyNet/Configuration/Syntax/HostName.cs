using System.Globalization;

namespace HaProxyNet.Configuration.Syntax;

/// <summary>The syntax of a host name: RFC 1123, and the underscore that some Windows names have.</summary>
internal static class HostName
{
    private const int LongestName = 253;
    private const int LongestLabel = 63;

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
        if (labels[^1].Length > 0 && labels[^1].All(char.IsAsciiDigit))
        {
            return $"'{host}' is neither a host name nor an IP address";
        }

        return name.Length > LongestName || !labels.All(IsLabel) ? $"'{host}' is not a host name" : null;
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

    private static bool IsLetter(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_';

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LongestLabel &&
        !label.StartsWith('-') && !label.EndsWith('-') &&
        label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
