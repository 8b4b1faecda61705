using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HaProxyNet.Configuration.Syntax;

/// <summary>
/// Reads files that an operator names. A named pipe or a device in the place of a file neither blocks nor fills the memory.
/// </summary>
internal static partial class RegularFile
{
    private const int LeastRoom = 4096;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;

    /// <summary>The content; null, and why, where it is no regular file or too large.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="largest">What is larger was named by mistake; bytes.</param>
    /// <param name="problem">What is wrong; null when it was read.</param>
    /// <exception cref="IOException">It cannot be read; the message says why.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it, or it is a folder.</exception>
    public static byte[]? Read(string path, int largest, out string? problem)
    {
        problem = null;
        using var stream = Open(path);
        if (!stream.CanSeek)
        {
            problem = "it is a pipe, a socket or a device";
            return null;
        }

        if (stream.Length > largest)
        {
            problem = $"it has {stream.Length >> 20} MB; {largest >> 20} MB is the most";
            return null;
        }

        // Read to its end, not to its length: it may grow meanwhile, and a device says that it has none.
        var (content, length) = (new byte[stream.Length + 1], 0);
        for (int count; (count = stream.Read(content.AsSpan(length))) > 0;)
        {
            length += count;
            if (length > largest)
            {
                problem = $"it has more than {largest >> 20} MB";
                return null;
            }

            if (length == content.Length)
            {
                Array.Resize(ref content, Math.Min(length + Math.Max(length, LeastRoom), largest + 1));
            }
        }

        return content[..length];
    }

    /// <summary>Opening a named pipe that nobody writes to would block; not with this flag.</summary>
    private static FileStream Open(string path)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(path))
        {
            return File.OpenRead(path);
        }

        var descriptor = OpenFile(path, NonBlocking | CloseOnExec);
        return descriptor < 0
            ? File.OpenRead(path)
            : new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Read, bufferSize: 0);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);
}
