using System.Net.Sockets;

namespace HaProxyNet.Transport.Managed;

/// <summary>Limits how long the silent peer of a socket is believed to live.</summary>
internal static class SilenceOptions
{
    private const int TcpLevel = 6;

    /// <summary>TCP_USER_TIMEOUT in tcp(7): milliseconds.</summary>
    private const int UserTimeoutOfLinux = 18;

    /// <summary>TCP_MAXRT in ws2ipdef.h: seconds that unacknowledged bytes are sent again.</summary>
    private const int MaximumRetransmissionOfWindows = 5;

    /// <summary>Turns keepalive on, and sets the user timeout where the system has one.</summary>
    public static void Set(Socket socket, SilenceLimits limits)
    {
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, limits.IdleSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, limits.IntervalSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, limits.Probes);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        if (OperatingSystem.IsLinux())
        {
            SetUserTimeout(socket, limits.UserTimeoutMilliseconds);
        }
        else if (OperatingSystem.IsWindows() && limits.UserTimeoutMilliseconds > 0)
        {
            Set(socket, MaximumRetransmissionOfWindows, limits.UserTimeoutSeconds);
        }
    }

    /// <summary>Sets the user timeout alone, on Linux; a socket that was closed meanwhile has none.</summary>
    public static void SetUserTimeout(Socket socket, int milliseconds) => Set(socket, UserTimeoutOfLinux, milliseconds);

    private static void Set(Socket socket, int option, int value)
    {
        try
        {
            socket.SetRawSocketOption(TcpLevel, option, BitConverter.GetBytes(value));
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // A system that does not know it: its own limit holds.
        }
    }
}
