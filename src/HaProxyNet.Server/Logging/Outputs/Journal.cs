using System.Net.Sockets;

namespace HaProxyNet.Server.Logging.Outputs;

/// <summary>journald's own socket.</summary>
internal static class Journal
{
    /// <summary>Where journald listens.</summary>
    public const string DefaultPath = "/run/systemd/journal/socket";

    /// <summary>
    /// What the socket's default buffer holds, with room to spare. Longer entries do not exist: their texts are cut before.
    /// </summary>
    public const int LongestEntry = 200 * 1024;

    /// <summary>How long the log's own thread waits for journald to take an entry.</summary>
    private const int SendTimeout = 1000;

    /// <summary>A socket that is connected to it.</summary>
    /// <exception cref="SocketException">journald is not there.</exception>
    public static Socket Connect(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { SendTimeout = SendTimeout };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Whether it is there now.</summary>
    public static bool IsThere(string path)
    {
        try
        {
            Connect(path).Dispose();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
