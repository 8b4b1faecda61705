using System.Runtime.InteropServices;

namespace HaProxyNet.Control.Trust;

/// <summary>The user that this process runs as.</summary>
internal static partial class ProcessOwner
{
    /// <summary>The effective user id; 0 is root. On Windows, which has none, 0 as well.</summary>
    public static uint Uid { get; } = OperatingSystem.IsWindows() ? 0 : EffectiveUser();

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
