using System.Text.RegularExpressions;

namespace HaProxyNet.Configuration.Validation;

/// <summary>
/// The syntax of the names of listeners, clusters and destinations: they become metric labels and parts of a command line
/// (<c>drain CLUSTER/DEST</c>).
/// </summary>
internal static partial class SettingName
{
    public const string Pattern = "^[A-Za-z0-9][A-Za-z0-9._-]*$";

    public const string Allowed = "letters, digits, '-', '_' and '.', the first a letter or digit";

    public static bool IsValid(string name) => Syntax().IsMatch(name) && !name.EndsWith('\n');

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Syntax();
}
