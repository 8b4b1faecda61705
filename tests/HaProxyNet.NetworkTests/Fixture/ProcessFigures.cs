using System.Globalization;

namespace HaProxyNet.NetworkTests.Fixture;

/// <summary>What the kernel says of a process, from /proc.</summary>
/// <param name="ResidentBytes">Its resident set.</param>
/// <param name="Cpu">User and system time since its start.</param>
/// <param name="Descriptors">Its open sockets, pipes and event queues. Files are not counted: an assembly that is loaded late is no
/// leak.</param>
internal sealed record ProcessFigures(long ResidentBytes, TimeSpan Cpu, int Descriptors)
{
    private const int FieldOfUserTime = 11;
    private const int TicksPerSecond = 100;

    public static ProcessFigures Read(int processId)
    {
        // The name, in parentheses, may have spaces; fields are counted from behind it.
        var stat = File.ReadAllText($"/proc/{processId}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = Parse(fields[FieldOfUserTime]) + Parse(fields[FieldOfUserTime + 1]);
        var resident = File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return new(
            Parse(resident.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024,
            TimeSpan.FromSeconds((double)ticks / TicksPerSecond),
            new DirectoryInfo($"/proc/{processId}/fd")
                .EnumerateFiles()
                .Count(descriptor => descriptor.LinkTarget is { } target && !target.StartsWith('/')));
    }

    /// <summary>How many threads it has.</summary>
    public static int Threads(int processId) => Directory.GetDirectories($"/proc/{processId}/task").Length;

    /// <summary>Its children; each belongs to the thread that has started it.</summary>
    public static IEnumerable<int> ChildrenOf(int processId)
    {
        try
        {
            return [.. Directory.GetDirectories($"/proc/{processId}/task")
                .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(id => (int)Parse(id))];
        }
        catch (IOException)
        {
            // It, or one of its threads, has just ended.
            return [];
        }
    }

    /// <summary>A child that has ended and was not asked for its exit code yet does not run.</summary>
    public static bool IsRunning(int processId)
    {
        try
        {
            return !File.ReadAllText($"/proc/{processId}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Whether it has ended, or only waits for others: it has no socket, except that of the runtime for debuggers.</summary>
    public static bool HasLetGo(int processId)
    {
        try
        {
            var runtime = File.ReadLines($"/proc/{processId}/net/unix")
                .Where(line => line.Contains("dotnet-diagnostic", StringComparison.Ordinal))
                .Select(line => $"socket:[{line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[6]}]").ToHashSet(StringComparer.Ordinal);
            return !IsRunning(processId)
                || !new DirectoryInfo($"/proc/{processId}/fd").EnumerateFiles().Select(descriptor => descriptor.LinkTarget)
                    .Any(target => target?.StartsWith("socket:", StringComparison.Ordinal) == true && !runtime.Contains(target));
        }
        catch (IOException)
        {
            return !IsRunning(processId);
        }
    }

    private static long Parse(string number) => long.Parse(number, CultureInfo.InvariantCulture);
}
