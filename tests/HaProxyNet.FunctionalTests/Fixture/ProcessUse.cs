namespace HaProxyNet.FunctionalTests.Fixture;

/// <summary>What this process holds of the machine.</summary>
internal static class ProcessUse
{
    /// <summary>Open descriptors.</summary>
    public static int Descriptors => Directory.GetFileSystemEntries("/proc/self/fd").Length;

    /// <summary>The managed heap, without garbage.</summary>
    public static long ManagedBytes()
    {
        Collect();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    /// <summary>The working set, without garbage.</summary>
    public static long WorkingSet()
    {
        Collect();
        return Environment.WorkingSet;
    }

    private static void Collect()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
    }
}
