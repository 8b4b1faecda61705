namespace HaProxyNet.Machine;

/// <summary>
/// The size to which a process may write a file (ulimit -f, RLIMIT_FSIZE). .NET calls a write beyond it an argument out of range; to
/// operators it is what a full disk is.
/// </summary>
internal static class FileSizeLimit
{
    /// <summary>The fault in words.</summary>
    public static IOException Fault(string file, ArgumentOutOfRangeException cause)
        => new($"{file} has reached the size that this process may write (ulimit -f, LimitFSIZE= of the service)", cause);
}
