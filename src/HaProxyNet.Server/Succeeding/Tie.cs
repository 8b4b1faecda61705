using System.Globalization;
using System.Runtime.InteropServices;

namespace HaProxyNet.Server.Succeeding;

/// <summary>
/// Ends this process at once when the first process is killed: the service has been ended by that, and a supervisor starts another one,
/// which needs the ports. PR_SET_PDEATHSIG of prctl(2) does not do it: it looks at the thread that has started a process, and at each
/// parent in turn.
/// </summary>
internal static partial class Tie
{
    /// <summary>Names the first process to those that take over from it.</summary>
    private const string Variable = "HAPROXYNET_FIRST_PROCESS";

    private const int OpenProcess = 434;
    private const int Interrupted = 4;
    private const int Kill = 9;
    private const short Readable = 1;
    private const int Stack = 128 * 1024;

    /// <summary>From now on, processes that this one starts are tied to it.</summary>
    public static void TieOthers()
        => Environment.SetEnvironmentVariable(Variable, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));

    /// <summary>Ties this process, if it has taken over from one that stays and the kernel can watch a process (5.3 and later).</summary>
    /// <param name="hasPredecessor">Whether it has: a variable that somebody else's process has left here means nothing.</param>
    public static void TieThis(bool hasPredecessor)
    {
        if (!hasPredecessor)
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
        else if (OperatingSystem.IsLinux()
            && int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && (int)Call(OpenProcess, first, 0) is >= 0 and var descriptor)
        {
            new Thread(() => Watch(descriptor), Stack) { Name = "haproxynet-tie", IsBackground = true }.Start();
        }
    }

    private static unsafe void Watch(int descriptor)
    {
        var wanted = new Wanted { Descriptor = descriptor, Events = Readable };
        while (Poll(&wanted, 1, -1) < 0)
        {
            if (Marshal.GetLastPInvokeError() != Interrupted)
            {
                return;
            }
        }

        _ = Send(Environment.ProcessId, Kill);
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Call(nint number, nint process, nint flags);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static unsafe partial int Poll(Wanted* wanted, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);

    [StructLayout(LayoutKind.Sequential)]
    private struct Wanted
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }
}
