using System.ComponentModel;
using System.Runtime.InteropServices;

namespace HaProxyNet.Comparison.Processes;

/// <summary>
/// CPU time of another process with all its threads, living and ended, in nanoseconds: the kernel's process clock. /proc/PID/stat holds
/// the same sum, rounded to ticks of 10 ms.
/// </summary>
internal static partial class ProcessClock
{
    // From the kernel's posix-timers.h: a process's clock is its inverted id with the kind of clock in the low bits.
    private const int SchedulerClock = 2;
    private const int KindBits = 3;

    /// <summary>User and system time of the process so far.</summary>
    /// <exception cref="Win32Exception">The process has ended.</exception>
    public static long ReadNanoseconds(int processId)
    {
        if (GetTime((~processId << KindBits) | SchedulerClock, out var time) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"The CPU time of process {processId} cannot be read.");
        }

        return (time.Seconds * 1_000_000_000) + time.Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    private static partial int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
