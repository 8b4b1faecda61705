using System.Runtime.InteropServices;

namespace HaProxyNet.Server.Succeeding;

/// <summary>A child that has ended.</summary>
/// <param name="Process">Its process id.</param>
/// <param name="ExitCode">Its exit code, as a shell gives it: 128 and the signal's number, where a signal has ended it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly unsafe partial record struct ChildEnd(int Process, int ExitCode)
{
    private const int AnyChild = 0;
    private const int Ended = 4;
    private const int LeaveIt = 0x01000000;
    private const int DoNotWait = 1;
    private const int ByItself = 1;

    /// <summary>One of those that have ended, which is left to be taken; null: none has.</summary>
    public static ChildEnd? Next()
    {
        var information = default(Information);
        return WaitForAny(AnyChild, 0, &information, Ended | LeaveIt | DoNotWait) == 0 && information.Process > 0
            ? new ChildEnd(information.Process, CodeOf(information.Code, information.Status))
            : null;
    }

    /// <summary>The exit code behind the code and the status of waitid(2).</summary>
    public static int CodeOf(int code, int status) => code == ByItself ? status : 128 + status;

    /// <summary>Takes it: it is not there any more.</summary>
    public void Take() => _ = WaitFor(Process, null, DoNotWait);

    [LibraryImport("libc", EntryPoint = "waitid")]
    private static partial int WaitForAny(int kind, int id, Information* information, int options);

    [LibraryImport("libc", EntryPoint = "waitpid")]
    private static partial int WaitFor(int process, int* status, int options);

    /// <summary>siginfo_t for a child, on 64-bit Linux; 128 bytes.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct Information
    {
        [FieldOffset(8)]
        public int Code;

        [FieldOffset(16)]
        public int Process;

        [FieldOffset(24)]
        public int Status;
    }
}
