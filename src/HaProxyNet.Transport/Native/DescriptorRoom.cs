using System.Runtime.InteropServices;

namespace HaProxyNet.Transport.Native;

/// <summary>
/// Keeps connections from taking the process's last descriptors. The .NET runtime needs some for itself: for each thread that it starts (a
/// pipe) and each assembly that it loads late; where it gets none it ends the process. So accepting pauses while there is still some room.
/// The kernel gives the lowest free number, so a descriptor's number alone says how full the table is. Any thread.
/// </summary>
internal static partial class DescriptorRoom
{
    /// <summary>Left for the runtime, the admin endpoint, name resolution and probes.</summary>
    private const long Reserve = 128;

    /// <summary>Under a low limit the reserve is one part in so many.</summary>
    private const long PartOfLowLimit = 4;

    /// <summary>RLIMIT_NOFILE of getrlimit(2).</summary>
    private const int OpenFiles = 7;

    /// <summary>EFD_CLOEXEC of eventfd(2).</summary>
    private const int CloseOnExec = 0x80000;

    /// <summary>Something to copy: an event counter that nobody uses.</summary>
    private static readonly int _sample = OperatingSystem.IsLinux() ? EventDescriptor(0, CloseOnExec) : -1;

    private static readonly long _ceiling = OperatingSystem.IsLinux() ? Ceiling(ReadLimit()) : long.MaxValue;

    /// <summary>The first descriptor that connections shall not have, under a limit.</summary>
    public static long Ceiling(long limit) => limit - Math.Min(Reserve, limit / PartOfLowLimit);

    /// <summary>Whether the room is so short that a connection got this descriptor.</summary>
    public static bool IsShort(int descriptor) => descriptor >= _ceiling;

    /// <summary>Whether the room is short now: looks at the number that a new descriptor gets.</summary>
    public static bool IsShortNow() => Use() is { } use && use.Open >= use.Limit;

    /// <summary>
    /// How many descriptors are open, by the number that a new one gets, and the number at which accepting stops. Null: not known on this
    /// system.
    /// </summary>
    public static (long Open, long Limit)? Use()
    {
        if (_sample < 0)
        {
            return null;
        }

        var copy = Duplicate(_sample);
        if (copy >= 0)
        {
            _ = Close(copy);
        }

        return (copy < 0 ? _ceiling : copy, _ceiling);
    }

    /// <summary>The limit as the runtime has set it at its start: the hard one.</summary>
    private static unsafe long ReadLimit()
    {
        var limit = stackalloc ulong[2];
        return GetLimit(OpenFiles, limit) == 0 ? (long)Math.Min(limit[0], long.MaxValue) : long.MaxValue;
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static unsafe partial int GetLimit(int resource, ulong* softAndHard);

    [LibraryImport("libc", EntryPoint = "eventfd")]
    private static partial int EventDescriptor(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
