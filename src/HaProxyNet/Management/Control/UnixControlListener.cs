using System.Net.Sockets;
using System.Runtime.Versioning;
using HaProxyNet.Control.Trust;
using HaProxyNet.Machine;
using Microsoft.Win32.SafeHandles;

namespace HaProxyNet.Management.Control;

/// <summary>
/// A Unix socket that only its user, and root, can connect. A lock next to it says whose it is: the lock ends with its process, however
/// that ends, so the socket of a dead one is replaced and that of a living one never.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class UnixControlListener : ControlListener
{
    private const int Backlog = 256;
    private const int LinuxWouldBlock = 11;
    private const int BsdWouldBlock = 35;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly Socket _socket;
    private readonly FileStream _lock;

    private UnixControlListener(string path, Socket socket, FileStream @lock) => (Place, _socket, _lock) = (path, socket, @lock);

    public override string Place { get; }

    /// <summary>Opens it.</summary>
    /// <exception cref="ControlUnavailableException">It cannot be had; the message says why.</exception>
    public static UnixControlListener Bind(string path)
    {
        FileStream? held = null;
        try
        {
            OwnFolder.Create(Path.GetDirectoryName(path)!);
            Check(path + ".lock");
            held = Lock(path);
            Remove(path);
            return new(path, BindSocket(path), held);
        }
        catch (Exception fault)
            when (fault is IOException or UnauthorizedAccessException or SocketException or NotSupportedException or ArgumentException)
        {
            held?.Dispose();
            throw new ControlUnavailableException($"{path}: {fault.Message.TrimEnd('.')}", isTaken: false);
        }
        catch (ControlUnavailableException)
        {
            held?.Dispose();
            throw;
        }
    }

    public override async ValueTask<ControlPeer> AcceptAsync(CancellationToken cancellation)
    {
        var socket = await _socket.AcceptAsync(cancellation);
        try
        {
            return new(new NetworkStream(socket, ownsSocket: true), PeerIdentity.Of(socket));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    protected override void Dispose(bool disposing)
    {
        // The socket takes its file with it; the lock's file stays, because someone may be waiting to lock it.
        _socket.Dispose();
        _lock.Dispose();
    }

    /// <summary>A pipe, a device or a link in the lock's place would hang the start, or have a file made elsewhere.</summary>
    private static void Check(string file)
    {
        if (OperatingSystem.IsLinux() && FileFacts.Read(file) is { IsRegular: false })
        {
            throw new ControlUnavailableException($"{file}: this is no regular file; move it away", isTaken: false);
        }
    }

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path + ".lock", new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                UnixCreateMode = OwnerOnly,
            });
        }
        catch (IOException fault) when (fault.HResult is LinuxWouldBlock or BsdWouldBlock)
        {
            throw new ControlUnavailableException(
                $"{path}: another proxy has it; give each of them a ControlSocket of its own", isTaken: true);
        }
    }

    /// <summary>Makes room where a process that has died left its socket. What is not a socket, or answers, is somebody else's.</summary>
    private static void Remove(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.ConnectionRefused)
        {
            // A regular file refuses a connect as well.
            if (new FileInfo(path).Length > 0)
            {
                throw new ControlUnavailableException(
                    $"{path}: this is a file with content, and not a socket; move it away", isTaken: false);
            }

            File.Delete(path);
            return;
        }

        throw new ControlUnavailableException(
            $"{path}: another process answers there; give the proxy a ControlSocket of its own", isTaken: true);
    }

    private static Socket BindSocket(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            if (OperatingSystem.IsLinux())
            {
                // The file gets the mode that the socket has before it is bound: at no moment can another user connect.
                using var handle = new SafeFileHandle(socket.Handle, ownsHandle: false);
                File.SetUnixFileMode(handle, OwnerOnly);
            }

            socket.Bind(new UnixDomainSocketEndPoint(path));
            File.SetUnixFileMode(path, OwnerOnly);
            socket.Listen(Backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
