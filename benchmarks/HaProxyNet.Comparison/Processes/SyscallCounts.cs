using System.Globalization;

namespace HaProxyNet.Comparison.Processes;

/// <summary>System calls by name, from the table that <c>strace -c</c> prints.</summary>
internal sealed record SyscallCounts(IReadOnlyDictionary<string, long> Calls)
{
    /// <summary>All calls.</summary>
    public long Total => Calls.Values.Sum();

    /// <summary>Reads the table: % time, seconds, usecs/call, calls, errors (may be blank), syscall.</summary>
    public static SyscallCounts Parse(string table)
    {
        var calls = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var fields in table.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (fields.Length is 5 or 6
                && fields[^1] != "total"
                && double.TryParse(fields[0], CultureInfo.InvariantCulture, out _)
                && long.TryParse(fields[3], CultureInfo.InvariantCulture, out var count))
            {
                calls[fields[^1]] = calls.GetValueOrDefault(fields[^1]) + count;
            }
        }

        return new SyscallCounts(calls);
    }
}
