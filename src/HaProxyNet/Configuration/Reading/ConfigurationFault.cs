using System.Globalization;

namespace HaProxyNet.Configuration.Reading;

/// <summary>One thing that is wrong in a configuration, in an operator's words.</summary>
/// <param name="Path">Where, as it is found in the file: <c>HaProxyNet.Clusters.iqservice.Destinations[1].Address</c>.</param>
/// <param name="Problem">What is wrong there.</param>
/// <param name="Allowed">What may stand there instead.</param>
public sealed record ConfigurationFault(string Path, string Problem, string Allowed)
{
    /// <summary>
    /// One line that reads as it is written, whatever stands in the file: <c>PATH: what is wrong; what is allowed</c>.
    /// </summary>
    public override string ToString() => string.Concat($"{Path}: {Problem}; {Allowed}".Select(Show));

    /// <summary>Line breaks, escapes, and what turns the direction of writing are shown by their numbers.</summary>
    private static string Show(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        ? $"\\u{(int)c:x4}"
        : c.ToString();
}
