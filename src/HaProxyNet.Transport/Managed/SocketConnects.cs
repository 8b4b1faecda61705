using System.Net;
using System.Net.Sockets;
using HaProxyNet.Transport.Native;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport.Managed;

/// <summary>What has to be known of a connect by .NET's sockets, beyond what they say.</summary>
internal static class SocketConnects
{
    /// <summary>
    /// Whether a connect has reached itself: the system may give a connect to a closed port of this machine that very port as its source.
    /// Nobody listens there.
    /// </summary>
    public static bool HasReachedItself(Socket socket)
    {
        try
        {
            return socket.LocalEndPoint is { } local && local.Equals(socket.RemoteEndPoint);
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // It was reset or given up in this moment: that it has a peer is all that matters here.
            return false;
        }
    }

    /// <summary>Whether the system has the answer to a connect, an error included, that the thread pool has not told yet.</summary>
    public static bool IsAnswered(Socket? socket)
    {
        try
        {
            return socket?.Poll(TimeSpan.Zero, SelectMode.SelectWrite) ?? false;
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // It has ended in this moment.
            return true;
        }
    }

    /// <summary>
    /// What the error of a connect means. .NET has one word for what a rule of this machine forbids and for what a route or a router on
    /// the way forbids: where it matters, the system is asked once more for its own.
    /// </summary>
    public static ConnectStatus Classify(SocketError error, IPEndPoint address)
    {
        if (error is SocketError.AccessDenied && OperatingSystem.IsWindows())
        {
            // Windows says so of its own firewall alone (WSAEACCES).
            return ConnectStatus.Forbidden;
        }

        var again = OperatingSystem.IsLinux() && ConnectErrors.IsAmbiguous(error) ? ErrnoAtOnce(address) : 0;
        var status = again == 0 ? ConnectStatus.Pending : ConnectErrors.Classify(again);
        return status.IsOwnTrouble() ? status : ConnectErrors.Classify(error);
    }

    /// <summary>
    /// The errno with which a connect ends before a packet has left; 0 when it does not. What this machine forbids or lacks ends so.
    /// </summary>
    private static unsafe int ErrnoAtOnce(IPEndPoint address)
    {
        var raw = RawAddress.From(address);
        var descriptor = Descriptor.OpenTcp(raw.Family);
        if (descriptor < 0)
        {
            return Errno.Last;
        }

        var errno = Libc.Connect(descriptor, &raw, raw.Length) < 0 ? Errno.Last : 0;
        Descriptor.Reset(descriptor);
        return errno is Errno.InProgress ? 0 : errno;
    }
}
