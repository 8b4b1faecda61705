using System.Globalization;

namespace HaProxyNet.Comparison.Machine;

/// <summary>What a set of CPUs has done since boot, in clock ticks of 10 ms.</summary>
/// <param name="Busy">Work of any kind, interrupts included.</param>
/// <param name="Stolen">Time in which the host ran someone else.</param>
internal sealed record CpuTimes(long Busy, long Stolen)
{
    /// <summary>Length of one tick: USER_HZ, 100 on every Linux architecture that .NET runs on.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    /// <summary>Reads the CPUs now; all of them when <paramref name="cpus"/> is empty.</summary>
    public static CpuTimes Read(IReadOnlyCollection<int> cpus) => Parse(File.ReadLines("/proc/stat"), cpus);

    /// <summary>Sums the <c>cpuN</c> lines of /proc/stat: user nice system idle iowait irq softirq steal.</summary>
    public static CpuTimes Parse(IEnumerable<string> lines, IReadOnlyCollection<int> cpus)
    {
        long busy = 0, stolen = 0;
        foreach (var line in lines.Where(line => line.StartsWith("cpu", StringComparison.Ordinal)))
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (!int.TryParse(fields[0].AsSpan(3), CultureInfo.InvariantCulture, out var cpu) || (cpus.Count > 0 && !cpus.Contains(cpu)))
            {
                continue;
            }

            var ticks = fields.Skip(1).Select(field => long.Parse(field, CultureInfo.InvariantCulture)).ToArray();
            busy += ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6];
            stolen += ticks[7];
        }

        return new CpuTimes(busy, stolen);
    }
}
