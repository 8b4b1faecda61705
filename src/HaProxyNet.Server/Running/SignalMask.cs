using System.Runtime.InteropServices;

namespace HaProxyNet.Server.Running;

/// <summary>
/// A process inherits the signals that its parent has blocked, and then neither SIGTERM nor SIGHUP ever reaches it. This lets all of them
/// through.
/// </summary>
internal static unsafe partial class SignalMask
{
    /// <summary>SIG_SETMASK of pthread_sigmask(3) on Linux.</summary>
    private const int Replace = 2;

    /// <summary>A sigset_t has 128 bytes.</summary>
    private const int SetWords = 16;

    /// <summary>For this thread. One that takes signals is enough for the process, so it is called on the main thread.</summary>
    public static void Clear()
    {
        if (OperatingSystem.IsLinux())
        {
            var none = stackalloc ulong[SetWords];
            new Span<ulong>(none, SetWords).Clear();
            _ = SetMask(Replace, none, null);
        }
    }

    [LibraryImport("libc", EntryPoint = "pthread_sigmask")]
    private static partial int SetMask(int how, ulong* set, ulong* before);
}
