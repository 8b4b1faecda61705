using System.Net.Sockets;
using HaProxyNet.Server.Logging.Records;

namespace HaProxyNet.Server.Logging.Outputs;

/// <summary>journald's own socket.</summary>
internal static class Journal
{
    /// <summary>Where journald listens.</summary>
    public const string DefaultPath = "/run/systemd/journal/socket";

    /// <summary>
    /// What every system's socket takes as a datagram is smaller, down to some kilobytes; an entry that is longer than that goes as a file
    /// in memory. Longer entries than this do not exist: the queue has no room for them.
    /// </summary>
    public const int LongestEntry = LogQueue.DefaultCapacity;

    /// <summary>How an entry goes that no datagram holds; null: this system cannot.</summary>
    public static SendLarge? Large => SealedMemory.IsSupported ? SealedMemory.Send : null;

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
