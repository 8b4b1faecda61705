namespace HaProxyNet.Comparison.Processes;

/// <summary>Memory of a process tree, from /proc/PID/smaps_rollup. Socket buffers are the kernel's and in no process's figure.</summary>
/// <param name="RssBytes">Resident pages; a page that two of the processes share counts twice.</param>
/// <param name="PssBytes">Resident pages, each divided by the number of its users.</param>
internal sealed record ResidentMemory(long RssBytes, long PssBytes)
{
    /// <summary>Reads it now.</summary>
    public static ResidentMemory Read(IReadOnlyList<int> tree)
    {
        long rss = 0, pss = 0;
        foreach (var id in tree)
        {
            var lines = File.ReadAllLines($"/proc/{id}/smaps_rollup");
            rss += ProcFile.Number(lines, "Rss") * 1024;
            pss += ProcFile.Number(lines, "Pss") * 1024;
        }

        return new ResidentMemory(rss, pss);
    }
}
