using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HaProxyNet.Server.Running;

/// <summary>
/// The start of a native executable reads most of its 32 MB once: the runtime unpacks its tables, the host and its configuration are built.
/// What was read stays in the process's memory until the system is short of it. Handed back, it stays in the system's cache of files, and
/// what the proxy goes on using, a third, returns page by page without a read from the disk. Before the listeners open, once more when all
/// has started, and where a process only waits.
/// </summary>
internal sealed unsafe partial class ExecutablePages : IHostedLifecycleService
{
    private const nuint ProgramHeaders = 3;
    private const nuint ProgramHeaderCount = 5;
    private const uint Loaded = 1;
    private const uint OwnAddress = 6;
    private const uint IsWritable = 2;
    private const int DoNotNeed = 4;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        HandBack();
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        HandBack();
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Only of a native executable on Linux; another one's code is the runtime's.</summary>
    public static void HandBack()
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess || RuntimeFeature.IsDynamicCodeCompiled)
        {
            return;
        }

        try
        {
            HandBack(new ReadOnlySpan<Segment>((void*)ValueOf(ProgramHeaders), (int)ValueOf(ProgramHeaderCount)));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A kernel or a sandbox that does not tell what was written: everything stays where it is.
        }
    }

    private static void HandBack(ReadOnlySpan<Segment> segments)
    {
        using var pageMap = File.OpenHandle("/proc/self/pagemap");
        var at = ValueOf(ProgramHeaders);
        foreach (ref readonly var segment in segments)
        {
            at -= segment.Type is OwnAddress ? segment.Address : 0;
        }

        foreach (ref readonly var segment in segments)
        {
            if (segment.Type is Loaded && (segment.Flags & IsWritable) == 0)
            {
                HandBack(pageMap, at + segment.Address, segment.Size);
            }
        }
    }

    private static void HandBack(Microsoft.Win32.SafeHandles.SafeFileHandle pageMap, nuint address, nuint size)
    {
        var page = (nuint)Environment.SystemPageSize;
        var first = address / page;
        var entries = new ulong[(int)(((address + size) / page) - first)];
        var read = RandomAccess.Read(pageMap, MemoryMarshal.AsBytes(entries.AsSpan()), (long)first * sizeof(ulong));
        foreach (var run in UnwrittenPages.Of(entries.AsSpan(0, read / sizeof(ulong))))
        {
            var (start, length) = run.GetOffsetAndLength(entries.Length);
            _ = Advise((void*)((first + (nuint)start) * page), (nuint)length * page, DoNotNeed);
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
