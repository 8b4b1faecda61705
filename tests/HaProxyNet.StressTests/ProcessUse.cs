namespace HaProxyNet.StressTests;

/// <summary>What this process holds.</summary>
internal static class ProcessUse
{
    /// <summary>
    /// Sockets, pipes, epoll instances and eventfds that are open; files are not counted, because the runtime opens assemblies when it
    /// likes.
    /// </summary>
    public static int Descriptors()
        => Directory.EnumerateFileSystemEntries("/proc/self/fd").Count(
            d => TargetOf(d) is { } target
                && (target.StartsWith("socket:", StringComparison.Ordinal) || target.StartsWith("pipe:", StringComparison.Ordinal)
                    || target.StartsWith("anon_inode:", StringComparison.Ordinal)));

    /// <summary>The managed heap, without garbage.</summary>
    public static long ManagedBytes()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static string? TargetOf(string descriptor)
    {
        try
        {
            return new FileInfo(descriptor).LinkTarget;
        }
        catch (IOException)
        {
            // Closed since it was listed.
            return null;
        }
    }
}
