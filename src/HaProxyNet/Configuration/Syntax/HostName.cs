namespace HaProxyNet.Configuration.Syntax;

/// <summary>The syntax of a host name: RFC 1123, and the underscore that some Windows names have.</summary>
internal static class HostName
{
    private const int LongestName = 253;
    private const int LongestLabel = 63;

    /// <summary>What is wrong with a name; null when nothing is.</summary>
    public static string? ProblemOf(string host)
    {
        var name = WithoutDot(host);
        var labels = name.Split('.');
        if (labels[^1].Length > 0 && labels[^1].All(char.IsAsciiDigit))
        {
            return $"'{host}' is neither a host name nor an IP address";
        }

        return name.Length > LongestName || !labels.All(IsLabel) ? $"'{host}' is not a host name" : null;
    }

    /// <summary>The name without the dot of the root: it keeps resolvers from search domains, and belongs in no server name (RFC 6066, 3).</summary>
    public static string WithoutDot(string name) => name.EndsWith('.') ? name[..^1] : name;

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LongestLabel &&
        !label.StartsWith('-') && !label.EndsWith('-') &&
        label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
