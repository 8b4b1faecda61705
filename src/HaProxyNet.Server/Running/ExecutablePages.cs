using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HaProxyNet.Server.Running;

/// <summary>
/// The start of a native executable reads most of its 32 MB once: the runtime unpacks its tables, the host and its configuration are built.
/// What was read stays in the process's memory until the system is short of it. Handed back, it stays in the system's cache of files, and
/// what the proxy goes on using, a third, returns page by page without a read from the disk.
/// </summary>
internal static unsafe partial class ExecutablePages
{
    private const nuint ProgramHeaders = 3;
    private const nuint ProgramHeaderCount = 5;
    private const uint Loaded = 1;
    private const uint OwnAddress = 6;
    private const uint IsWritable = 2;
    private const int DoNotNeed = 4;

    /// <summary>Hands back what was only read. Only of a native executable on Linux; another one's code is the runtime's.</summary>
    public static void HandBack()
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess || RuntimeFeature.IsDynamicCodeCompiled)
        {
            return;
        }

        var headers = new ReadOnlySpan<Segment>((void*)ValueOf(ProgramHeaders), (int)ValueOf(ProgramHeaderCount));
        foreach (ref readonly var own in headers)
        {
            if (own.Type is OwnAddress)
            {
                HandBack(headers, ValueOf(ProgramHeaders) - own.Address);
            }
        }
    }

    private static void HandBack(ReadOnlySpan<Segment> segments, nuint at)
    {
        var page = (nuint)Environment.SystemPageSize;
        foreach (ref readonly var segment in segments)
        {
            // What may be written has been, and is in no file.
            if (segment.Type is Loaded && (segment.Flags & IsWritable) == 0)
            {
                var from = (at + segment.Address) / page * page;
                _ = Advise((void*)from, (at + segment.Address + segment.Size - from) / page * page, DoNotNeed);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "getauxval")]
    private static partial nuint ValueOf(nuint type);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);

    /// <summary>A program header of 64-bit ELF.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Segment
    {
        public readonly uint Type;
        public readonly uint Flags;
        public readonly nuint Offset;
        public readonly nuint Address;
        public readonly nuint PhysicalAddress;
        public readonly nuint FileSize;
        public readonly nuint Size;
        public readonly nuint Alignment;
    }
}
