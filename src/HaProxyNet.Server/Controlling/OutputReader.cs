using System.Runtime.InteropServices;

namespace HaProxyNet.Server.Controlling;

/// <summary>
/// Whether anything still reads standard output. .NET takes a write to a pipe without a reader for a success, so a command that writes
/// without end has to ask.
/// </summary>
internal static unsafe partial class OutputReader
{
    private const int StandardOutput = 1;

    /// <summary>POLLERR and POLLHUP of poll(2).</summary>
    private const short Gone = 0x08 | 0x10;

    /// <summary>True when what is written here reaches nobody any more.</summary>
    public static bool HasLeft(TextWriter output)
    {
        if (OperatingSystem.IsWindows() || !ReferenceEquals(output, Console.Out))
        {
            return false;
        }

        var asked = new Asked { Descriptor = StandardOutput };
        return Poll(&asked, 1, 0) > 0 && (asked.Answer & Gone) != 0;
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(Asked* descriptors, nuint count, int milliseconds);

    /// <summary>A struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Asked
    {
        public int Descriptor;
        public short Question;
        public short Answer;
    }
}
