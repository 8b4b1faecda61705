using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace HaProxyNet.Configuration.Keys;

/// <summary>
/// The text of a configuration file. A named pipe or a device in its place neither blocks nor fills the memory; bytes that are no text are
/// a fault with their place, and never replaced in silence.
/// </summary>
internal static partial class FileText
{
    /// <summary>Some 50,000 clusters; what is larger was named by mistake.</summary>
    public const int Largest = 32 << 20;

    private const int NonBlocking = 0x800;

    /// <summary>Reads the file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="problem">What is wrong with its content; null when it was read.</param>
    /// <exception cref="IOException">It cannot be read; the message says why.</exception>
    public static string? Read(string path, out string? problem)
    {
        var content = Bytes(path, out problem);
        return content is null ? null : Decode(content, out problem);
    }

    /// <summary>The content of a regular file; null, and why, where it is none or too large.</summary>
    public static byte[]? Bytes(string path, out string? problem)
    {
        problem = null;
        using var stream = Open(path);
        if (!stream.CanSeek)
        {
            problem = "it is a pipe, a socket or a device";
            return null;
        }

        if (stream.Length > Largest)
        {
            problem = $"it has {stream.Length >> 20} MB; {Largest >> 20} MB is the most";
            return null;
        }

        // Read to its end, not to its length: it may grow meanwhile, and a device says that it has none.
        var content = new MemoryStream((int)stream.Length);
        var block = new byte[64 * 1024];
        for (int count; (count = stream.Read(block)) > 0;)
        {
            content.Write(block, 0, count);
            if (content.Length > Largest)
            {
                problem = $"it has more than {Largest >> 20} MB";
                return null;
            }
        }

        return content.ToArray();
    }

    private static string? Decode(byte[] content, out string? problem)
    {
        problem = null;
        try
        {
            using var reader = new StreamReader(new MemoryStream(content), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            var line = content.AsSpan(0, FirstInvalid(content)).Count((byte)'\n') + 1;
            problem = $"line {line} holds bytes that are not UTF-8; save the file as UTF-8";
            return null;
        }
    }

    private static int FirstInvalid(ReadOnlySpan<byte> content)
    {
        var at = 0;
        while (at < content.Length && Rune.DecodeFromUtf8(content[at..], out _, out var length) is System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }

    /// <summary>Opening a named pipe that nobody writes to would block; not with this flag.</summary>
    private static FileStream Open(string path)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(path))
        {
            return File.OpenRead(path);
        }

        var descriptor = OpenFile(path, NonBlocking | 0x80000);
        return descriptor < 0 ? File.OpenRead(path) : new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Read, bufferSize: 0);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);
}
