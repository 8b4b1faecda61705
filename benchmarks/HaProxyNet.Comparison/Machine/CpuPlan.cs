using System.Globalization;

namespace HaProxyNet.Comparison.Machine;

/// <summary>
/// Which CPUs belong to the proxy under test and which to load and backends. Apart, they cannot take time from each other, and what a
/// foreign process takes from the proxy's CPUs can be seen.
/// </summary>
/// <param name="Proxy">The proxy's CPUs, one for each of its threads; empty when nothing is pinned.</param>
/// <param name="Load">The CPUs of load generators, backends and this harness; empty when nothing is pinned.</param>
internal sealed record CpuPlan(IReadOnlyList<int> Proxy, IReadOnlyList<int> Load)
{
    /// <summary>False when there are too few CPUs to keep the proxy's apart.</summary>
    public bool IsPinned => Proxy.Count > 0;

    /// <summary>The last CPUs go to the proxy: device interrupts usually land on the first.</summary>
    public static CpuPlan Divide(IReadOnlyList<int> cpus, int threads) =>
        threads < cpus.Count ? new CpuPlan([.. cpus.TakeLast(threads)], [.. cpus.SkipLast(threads)]) : new CpuPlan([], []);

    /// <summary>The CPUs that this process may use.</summary>
    public static IReadOnlyList<int> Allowed() =>
        ParseList(File.ReadLines("/proc/self/status")
            .First(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal))
            .Split(':')[1]);

    /// <summary>Reads the kernel's form of a list: <c>0-2,5</c>.</summary>
    public static IReadOnlyList<int> ParseList(string list) =>
    [
        .. list.Trim().Split(',').SelectMany(range =>
        {
            var ends = range.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToArray();
            return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
        }),
    ];

    /// <summary>The plan in one sentence.</summary>
    public string Describe() =>
        IsPinned
            ? $"proxy on CPU {string.Join(',', Proxy)}, load and backends on CPU {string.Join(',', Load)}"
            : "nothing pinned: the proxy has as many threads as there are CPUs";
}
