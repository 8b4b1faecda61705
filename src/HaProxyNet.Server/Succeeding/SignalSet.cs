using System.Globalization;

namespace HaProxyNet.Server.Succeeding;

/// <summary>A set of signals, as proc_pid_status(5) writes it.</summary>
internal readonly record struct SignalSet(ulong Bits)
{
    private const string Caught = "SigCgt:";

    /// <summary>The signals that a process listens for; empty where it is gone.</summary>
    public static SignalSet CaughtBy(int process)
    {
        try
        {
            return CaughtIn(File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status")));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }

    /// <summary>The same, out of the lines of its status.</summary>
    public static SignalSet CaughtIn(IEnumerable<string> status)
        => status.FirstOrDefault(line => line.StartsWith(Caught, StringComparison.Ordinal)) is { } line
            && ulong.TryParse(line.AsSpan(Caught.Length).Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits)
                ? new SignalSet(bits)
                : default;

    /// <summary>Whether this signal is in it.</summary>
    public bool Has(int signal) => (Bits & (1UL << (signal - 1))) != 0;
}
