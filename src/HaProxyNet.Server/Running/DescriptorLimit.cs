using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HaProxyNet.Server.Running;

/// <summary>
/// Whether this process may open enough files to begin at all. Where it may not, the runtime ends it in the middle of something, by a fault
/// that names an assembly. So this is looked at first, with calls that need no file.
/// </summary>
internal static unsafe partial class DescriptorLimit
{
    /// <summary>RLIMIT_NOFILE of getrlimit(2).</summary>
    private const int OpenFiles = 7;

    /// <summary>The native executable has 22 open when it is idle.</summary>
    private const ulong LeastNative = 32;

    /// <summary>With the just-in-time compiler every assembly is open twice: about 240 when it is idle.</summary>
    private const ulong LeastJit = 300;

    /// <summary>Says what is missing; true when nothing is.</summary>
    public static bool IsEnough()
    {
        var limit = stackalloc ulong[2];
        if (!OperatingSystem.IsLinux()
            || GetLimit(OpenFiles, limit) != 0
            || ProblemOf(limit[0], !RuntimeFeature.IsDynamicCodeSupported) is not { } problem)
        {
            return true;
        }

        StandardStreams.Say(problem);
        return false;
    }

    /// <summary>What an operator has to do; null: nothing.</summary>
    /// <param name="limit">How many files the process may open.</param>
    /// <param name="isNative">Whether this is the native executable.</param>
    public static string? ProblemOf(ulong limit, bool isNative)
    {
        var least = isNative ? LeastNative : LeastJit;
        return limit >= least
            ? null
            : $"this process may open only {limit} files, and needs {least} to begin and two for each connection; raise the limit "
                + "(LimitNOFILE= of the service, ulimit -n)";
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, ulong* softAndHard);
}
