using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace HaProxyNet.Transport.Native;

/// <summary>The errors of errno(3) that the Reactor tells apart.</summary>
internal static class Errno
{
    public const int Permission = 1;
    public const int Interrupted = 4;
    public const int Again = 11;
    public const int NoMemory = 12;
    public const int Access = 13;
    public const int Invalid = 22;
    public const int TooManyInSystem = 23;
    public const int TooManyInProcess = 24;
    public const int BrokenPipe = 32;
    public const int NotImplemented = 38;
    public const int AddressInUse = 98;
    public const int AddressNotAvailable = 99;
    public const int NetworkDown = 100;
    public const int NetworkUnreachable = 101;
    public const int ConnectionAborted = 103;
    public const int ConnectionReset = 104;
    public const int NoBuffers = 105;
    public const int TimedOut = 110;
    public const int ConnectionRefused = 111;
    public const int HostDown = 112;
    public const int HostUnreachable = 113;
    public const int InProgress = 115;

    /// <summary>The error of the last call on this thread.</summary>
    public static int Last => Marshal.GetLastPInvokeError();

    /// <summary>The same error in .NET's words, which the rest of the proxy uses.</summary>
    public static SocketError ToSocketError(int errno) => errno switch
    {
        0 => SocketError.Success,
        Permission or Access => SocketError.AccessDenied,
        Again => SocketError.WouldBlock,
        NoMemory or NoBuffers => SocketError.NoBufferSpaceAvailable,
        Invalid => SocketError.InvalidArgument,
        TooManyInProcess or TooManyInSystem => SocketError.TooManyOpenSockets,
        AddressInUse => SocketError.AddressAlreadyInUse,
        AddressNotAvailable => SocketError.AddressNotAvailable,
        NetworkDown => SocketError.NetworkDown,
        NetworkUnreachable => SocketError.NetworkUnreachable,
        ConnectionAborted => SocketError.ConnectionAborted,
        ConnectionReset or BrokenPipe => SocketError.ConnectionReset,
        TimedOut => SocketError.TimedOut,
        ConnectionRefused => SocketError.ConnectionRefused,
        HostDown => SocketError.HostDown,
        HostUnreachable => SocketError.HostUnreachable,
        _ => SocketError.SocketError,
    };
}
