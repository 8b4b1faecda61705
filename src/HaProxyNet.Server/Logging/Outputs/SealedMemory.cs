using System.Net.Sockets;
using System.Runtime.InteropServices;
using HaProxyNet.Upgrading.Wire;
using Microsoft.Win32.SafeHandles;

namespace HaProxyNet.Server.Logging.Outputs;

/// <summary>
/// How journald takes an entry that no datagram holds: a file in memory that nobody can change any more, whose descriptor is sent
/// (memfd_create(2), cmsg(3); systemd's Native Journal Protocol). 64-bit Linux only.
/// </summary>
internal static partial class SealedMemory
{
    private const string Library = "libc";
    private const uint CloseOnExec = 1;
    private const uint AllowSealing = 2;
    private const int AddSeals = 1033;
    private const int SealAll = 0xF;
    private const int TryAgain = 11;
    private const int NoBuffers = 105;

    /// <summary>Whether this system has it.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() && nint.Size is sizeof(long);

    /// <summary>Sends an entry over a connected socket.</summary>
    /// <exception cref="IOException">There is no memory for it.</exception>
    /// <exception cref="SocketException">It was not sent.</exception>
    public static void Send(Socket socket, ReadOnlySpan<byte> entry)
    {
        using var memory = new SafeFileHandle(Create("haproxynet-journal", CloseOnExec | AllowSealing), ownsHandle: true);
        if (memory.IsInvalid)
        {
            throw new IOException($"memfd_create: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        RandomAccess.Write(memory, entry, fileOffset: 0);
        var descriptor = (int)memory.DangerousGetHandle();
        _ = Control(descriptor, AddSeals, SealAll);
        var isSent = DescriptorPassing.Send((int)socket.Handle, [], [descriptor]);
        GC.KeepAlive(socket);
        if (!isSent)
        {
            var isSlow = Marshal.GetLastPInvokeError() is TryAgain or NoBuffers;
            throw new SocketException((int)(isSlow ? SocketError.WouldBlock : SocketError.ConnectionReset));
        }
    }

    [LibraryImport(Library, EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Create(string name, uint flags);

    [LibraryImport(Library, EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int descriptor, int command, int argument);
}
