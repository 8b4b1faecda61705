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
        try
        {
            if (OperatingSystem.IsLinux())
            {
                socket.SetRawSocketOption(TcpLevel, UserTimeoutOfLinux, BitConverter.GetBytes(limits.UserTimeoutMilliseconds));
            }
            else if (OperatingSystem.IsWindows() && limits.UserTimeoutMilliseconds > 0)
            {
                socket.SetRawSocketOption(TcpLevel, MaximumRetransmissionOfWindows, BitConverter.GetBytes(limits.UserTimeoutSeconds));
            }
        }
        catch (SocketException)
        {
            // A system that does not know it: its own limit holds.
        }
    }
}
