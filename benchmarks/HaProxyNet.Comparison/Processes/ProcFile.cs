using System.Globalization;

namespace HaProxyNet.Comparison.Processes;

/// <summary>The <c>Name: value unit</c> files under /proc.</summary>
internal static class ProcFile
{
    /// <summary>The number after a name; 0 when the name is not there.</summary>
    public static long Number(IEnumerable<string> lines, string name)
    {
        foreach (var line in lines)
        {
            if (line.StartsWith(name, StringComparison.Ordinal) && line.Length > name.Length && line[name.Length] == ':')
            {
                return long.Parse(
                    line[(name.Length + 1)..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture);
            }
        }

        return 0;
    }
}
