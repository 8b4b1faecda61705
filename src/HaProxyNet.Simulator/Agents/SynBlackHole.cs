using System.Net;
using System.Net.Sockets;

namespace HaProxyNet.Simulator.Agents;

/// <summary>
/// A port that does not answer: a listening socket with a backlog of one that is filled and never accepted. Linux drops SYNs to a full
/// backlog.
/// </summary>
internal sealed class SynBlackHole : IDisposable
{
    // A connect to our own port takes microseconds; one that has not succeeded by then met a full backlog.
    private static readonly TimeSpan _longestConnect = TimeSpan.FromMilliseconds(100);

    private readonly Socket _listener;
    private readonly Socket _filler;

    private SynBlackHole(Socket listener, Socket filler)
    {
        _listener = listener;
        _filler = filler;
    }

    /// <summary>
    /// Opens it. A stranger that connected before the backlog was full is handed to <paramref name="accepted"/> and not left hanging.
    /// </summary>
    public static async Task<SynBlackHole> OpenAsync(IPEndPoint endPoint, Action<Socket> accepted)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException(
                $"The fault {nameof(AgentFault.StopAnsweringSyn)} works on Linux only: elsewhere a full backlog refuses.");
        }

        var listener = PortReservation.NewSocket(endPoint);
        listener.Bind(endPoint);
        listener.Listen(0);
        while (true)
        {
            if (TryFill(endPoint) is { } filler)
            {
                return new SynBlackHole(listener, filler);
            }

            accepted(await listener.AcceptAsync());
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _filler.Dispose();
    }

    /// <summary>The kernel is asked, not the thread pool: on a busy machine its answer would come long after the connect.</summary>
    private static Socket? TryFill(IPEndPoint endPoint)
    {
        var filler = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        try
        {
            filler.Connect(endPoint);
        }
        catch (SocketException fault) when (fault.SocketErrorCode == SocketError.WouldBlock)
        {
            // It is on its way.
        }

        if (filler.Poll(_longestConnect, SelectMode.SelectWrite))
        {
            return filler;
        }

        filler.Dispose();
        return null;
    }
}
