using System.Runtime.InteropServices;

namespace HaProxyNet.Transport.Native;

/// <summary>
/// The system calls of the Reactor, as section 2 of the Linux manual describes them. All arguments are blittable, so a call costs a few
/// nanoseconds in addition to the kernel's own work. A result below zero means that <see cref="Marshal.GetLastPInvokeError"/> has the
/// errno.
/// </summary>
internal static unsafe partial class Libc
{
    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    public static int EpollControl(int epoll, int operation, int descriptor, void* @event)
        => Checked(EpollControlRaw(epoll, operation, descriptor, @event));

    public static int EpollWait(int epoll, void* events, int capacity, int timeoutMs)
        => Checked(EpollWaitRaw(epoll, events, capacity, timeoutMs));

    [LibraryImport(Library, EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventDescriptor(uint initial, int flags);

    public static int Socket(int family, int type, int protocol) => Checked(SocketRaw(family, type, protocol));

    [LibraryImport(Library, EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(int descriptor, void* address, uint length);

    [LibraryImport(Library, EntryPoint = "listen", SetLastError = true)]
    public static partial int Listen(int descriptor, int backlog);

    public static int Accept(int descriptor, void* address, uint* length, int flags)
        => Checked(AcceptRaw(descriptor, address, length, flags));

    public static int Connect(int descriptor, void* address, uint length) => Checked(ConnectRaw(descriptor, address, length));

    public static int LocalName(int descriptor, void* address, uint* length) => Checked(LocalNameRaw(descriptor, address, length));

    [LibraryImport(Library, EntryPoint = "getpeername", SetLastError = true)]
    public static partial int PeerName(int descriptor, void* address, uint* length);

    public static int SetOption(int descriptor, int level, int name, void* value, uint length)
        => Checked(SetOptionRaw(descriptor, level, name, value, length));

    [LibraryImport(Library, EntryPoint = "getsockopt", SetLastError = true)]
    public static partial int GetOption(int descriptor, int level, int name, void* value, uint* length);

    public static nint Receive(int descriptor, void* buffer, nuint length, int flags)
        => Checked(ReceiveRaw(descriptor, buffer, length, flags));

    public static nint Send(int descriptor, void* buffer, nuint length, int flags) => Checked(SendRaw(descriptor, buffer, length, flags));

    public static nint Splice(int from, long* fromOffset, int to, long* toOffset, nuint length, uint flags)
        => Checked(SpliceRaw(from, fromOffset, to, toOffset, length, flags));

    [LibraryImport(Library, EntryPoint = "pipe2", SetLastError = true)]
    public static partial int Pipe(int* ends, int flags);

    [LibraryImport(Library, EntryPoint = "fcntl", SetLastError = true)]
    public static partial int FileControl(int descriptor, int command, int argument);

    [LibraryImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    public static partial int DeviceControl(int descriptor, nuint request, int* value);

    public static int Shutdown(int descriptor, int how) => Checked(ShutdownRaw(descriptor, how));

    public static int Close(int descriptor) => Checked(CloseRaw(descriptor));

    [LibraryImport(Library, EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, void* buffer, nuint length);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, void* buffer, nuint length);

    /// <summary>
    /// Keeps the errno of a call that failed. <c>SetLastError</c> would clear it before each call and read it after each, which costs as
    /// much as the rest of the way into the kernel.
    /// </summary>
    private static nint Checked(nint result)
    {
        if (result < 0)
        {
            Marshal.SetLastPInvokeError(Marshal.GetLastSystemError());
        }

        return result;
    }

    private static int Checked(int result) => (int)Checked((nint)result);

    [LibraryImport(Library, EntryPoint = "epoll_ctl")]
    private static partial int EpollControlRaw(int epoll, int operation, int descriptor, void* @event);

    [LibraryImport(Library, EntryPoint = "epoll_wait")]
    private static partial int EpollWaitRaw(int epoll, void* events, int capacity, int timeoutMs);

    [LibraryImport(Library, EntryPoint = "socket")]
    private static partial int SocketRaw(int family, int type, int protocol);

    [LibraryImport(Library, EntryPoint = "accept4")]
    private static partial int AcceptRaw(int descriptor, void* address, uint* length, int flags);

    [LibraryImport(Library, EntryPoint = "connect")]
    private static partial int ConnectRaw(int descriptor, void* address, uint length);

    [LibraryImport(Library, EntryPoint = "getsockname")]
    private static partial int LocalNameRaw(int descriptor, void* address, uint* length);

    [LibraryImport(Library, EntryPoint = "setsockopt")]
    private static partial int SetOptionRaw(int descriptor, int level, int name, void* value, uint length);

    [LibraryImport(Library, EntryPoint = "recv")]
    private static partial nint ReceiveRaw(int descriptor, void* buffer, nuint length, int flags);

    [LibraryImport(Library, EntryPoint = "send")]
    private static partial nint SendRaw(int descriptor, void* buffer, nuint length, int flags);

    [LibraryImport(Library, EntryPoint = "splice")]
    private static partial nint SpliceRaw(int from, long* fromOffset, int to, long* toOffset, nuint length, uint flags);

    [LibraryImport(Library, EntryPoint = "shutdown")]
    private static partial int ShutdownRaw(int descriptor, int how);

    [LibraryImport(Library, EntryPoint = "close")]
    private static partial int CloseRaw(int descriptor);
}
