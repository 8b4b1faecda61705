using System.Runtime.InteropServices;

namespace HaProxyNet.Comparison.Machine;

/// <summary>What a reader needs in order to compare a table with their own.</summary>
internal sealed record MachineFacts
{
    /// <summary>Model of the CPU.</summary>
    public required string Cpu { get; init; }

    /// <summary>Logical CPUs that this process may use.</summary>
    public required int Cpus { get; init; }

    /// <summary>Kernel release.</summary>
    public required string Kernel { get; init; }

    /// <summary>Distribution.</summary>
    public required string System { get; init; }

    /// <summary>Memory in MB.</summary>
    public required long MemoryMegabytes { get; init; }

    /// <summary>.NET runtime that the harness runs on.</summary>
    public required string Runtime { get; init; }

    /// <summary>Reads them.</summary>
    public static MachineFacts Read(int cpus) => new()
    {
        Cpu = ValueOf("/proc/cpuinfo", "model name", ':') ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Cpus = cpus,
        Kernel = File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
        System = ValueOf("/etc/os-release", "PRETTY_NAME", '=')?.Trim('"') ?? RuntimeInformation.OSDescription,
        MemoryMegabytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1_000_000,
        Runtime = RuntimeInformation.FrameworkDescription,
    };

    private static string? ValueOf(string file, string key, char separator) =>
        File.Exists(file)
            ? File.ReadLines(file)
                .Where(line => line.StartsWith(key, StringComparison.Ordinal))
                .Select(line => line[(line.IndexOf(separator, StringComparison.Ordinal) + 1)..].Trim())
                .FirstOrDefault()
            : null;
}
