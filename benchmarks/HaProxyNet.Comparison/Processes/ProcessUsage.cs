namespace HaProxyNet.Comparison.Processes;

/// <summary>What a process tree has used so far, from the operating system.</summary>
/// <param name="CpuNanoseconds">User and system time.</param>
/// <param name="VoluntarySwitches">Context switches because a thread had nothing to do.</param>
internal sealed record ProcessUsage(long CpuNanoseconds, long VoluntarySwitches)
{
    /// <summary>Reads it now.</summary>
    public static ProcessUsage Read(IReadOnlyList<int> tree) =>
        new(tree.Sum(ProcessClock.ReadNanoseconds), tree.Sum(VoluntarySwitchesOf));

    private static long VoluntarySwitchesOf(int id) =>
        Directory.EnumerateDirectories($"/proc/{id}/task").Sum(task =>
        {
            try
            {
                return ProcFile.Number(File.ReadLines(Path.Combine(task, "status")), "voluntary_ctxt_switches");
            }
            catch (IOException)
            {
                // The thread has ended meanwhile.
                return 0;
            }
        });
}
