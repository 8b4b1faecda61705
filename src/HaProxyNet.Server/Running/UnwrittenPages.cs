namespace HaProxyNet.Server.Running;

/// <summary>
/// Finds the pages of a mapped file that are as they are in the file, by the kernel's entries for them (pagemap in proc(5)). A page that
/// was written is the process's own, although nothing may write it now: the runtime's stack guard is such a value. Pure.
/// </summary>
internal static class UnwrittenPages
{
    private const ulong IsPresent = 1UL << 63;
    private const ulong IsSwapped = 1UL << 62;
    private const ulong IsOfFile = 1UL << 61;

    /// <summary>The runs of pages that are in memory and come from the file.</summary>
    /// <param name="entries">An entry a page.</param>
    public static IReadOnlyList<Range> Of(ReadOnlySpan<ulong> entries)
    {
        var runs = new List<Range>();
        for (var page = 0; page < entries.Length;)
        {
            var end = page;
            while (end < entries.Length && (entries[end] & (IsPresent | IsSwapped | IsOfFile)) == (IsPresent | IsOfFile))
            {
                end++;
            }

            if (end > page)
            {
                runs.Add(page..end);
            }

            page = end + 1;
        }

        return runs;
    }
}
