using System.Runtime.InteropServices;
using System.Text;

namespace HaProxyNet.Server.Running;

/// <summary>
/// A process that is started without standard input, output or error has these numbers given to the first files and pipes that the runtime
/// opens, and what is meant for the log goes there. Such a process starts itself again, under its own id, with /dev/null in their places.
/// </summary>
internal static unsafe partial class StandardStreams
{
    private const int GetFlags = 1;
    private const int CloseOnExec = 1;
    private const int ReadWrite = 2;
    private const int Error = 2;

    /// <summary>Returns at once where all three are as they were inherited; otherwise not at all.</summary>
    public static void Ensure()
    {
        if (OperatingSystem.IsLinux() && (!IsInherited(0) || !IsInherited(1) || !IsInherited(2)))
        {
            StartAgain();
        }
    }

    /// <summary>Writes a line to standard error, with a call that needs no file and no thread.</summary>
    public static void Say(string line)
    {
        var text = Encoding.UTF8.GetBytes(line + "\n");
        fixed (byte* first = text)
        {
            _ = Write(Error, first, (nuint)text.Length);
        }
    }

    /// <summary>What was inherited stays open across exec(3), by definition; what the runtime has opened does not.</summary>
    private static bool IsInherited(int descriptor)
        => FileControl(descriptor, GetFlags, 0) is var flags && flags >= 0 && (flags & CloseOnExec) == 0;

    private static void StartAgain()
    {
        var arguments = File.ReadAllBytes("/proc/self/cmdline");
        var starts = new List<int>();
        for (var at = 0; at < arguments.Length; at += arguments.AsSpan(at).IndexOf((byte)0) + 1)
        {
            starts.Add(at);
        }

        fixed (byte* first = arguments)
        {
            var list = stackalloc byte*[starts.Count + 1];
            for (var i = 0; i < starts.Count; i++)
            {
                list[i] = first + starts[i];
            }

            list[starts.Count] = null;
            var nothing = Open("/dev/null", ReadWrite);
            for (var descriptor = 0; nothing > 2 && descriptor <= 2; descriptor++)
            {
                if (!IsInherited(descriptor))
                {
                    _ = Duplicate(nothing, descriptor);
                }
            }

            // Does not return, unless the system refuses; then the runtime has lost its pipes, and only the end is left.
            _ = Execute("/proc/self/exe", list);
            Environment.Exit(1);
        }
    }

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int descriptor, byte* text, nuint length);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int FileControl(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Duplicate(int from, int to);

    [LibraryImport("libc", EntryPoint = "execv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, byte** arguments);
}
