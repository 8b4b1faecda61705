using System.Net;
using System.Net.Sockets;

namespace HaProxyNet.Simulator.Agents;

/// <summary>The listening socket from open to close, and the loop that accepts.</summary>
internal sealed class AgentListener
{
    private const int SolSocket = 1;
    private const int SoBindToIfIndex = 62;

    // No interface has this index.
    private const int NoInterface = int.MaxValue;

    // Long enough for a handshake whose SYN came before the refusal to be finished on a local network.
    private static readonly TimeSpan _handshakeGrace = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _resourcePause = TimeSpan.FromMilliseconds(10);

    private readonly Socket _socket;
    private readonly Action<Socket> _accepted;
    private readonly Task _accepting;
    private volatile bool _closed;

    private AgentListener(Socket socket, Action<Socket> accepted)
    {
        _socket = socket;
        _accepted = accepted;
        _accepting = Task.Run(AcceptAsync);
    }

    public static AgentListener Open(IPEndPoint endPoint, Action<Socket> accepted)
    {
        var socket = PortReservation.NewSocket(endPoint);
        try
        {
            socket.NoDelay = true;
            socket.Bind(endPoint);
            socket.Listen();
            return new AgentListener(socket, accepted);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Refuses new connections and loses none. A plain close would: the kernel resets what is connected but not yet accepted, and
    /// such a connection may already carry a request. So first the kernel is told to find no listener for a SYN, then the backlog
    /// is accepted to its end, then the socket is closed.
    /// </summary>
    public async Task CloseGracefullyAsync()
    {
        // Kernel time, not the simulation's: the waits below are for the kernel and for the accept loop.
        if (TryRefuseNewConnections())
        {
            await WhenBacklogIsEmptyAsync();
            await Task.Delay(_handshakeGrace, TimeProvider.System);
        }

        await WhenBacklogIsEmptyAsync();
        Close();
        await _accepting;
    }

    /// <summary>Closes at once: what waits in the backlog is reset, as when the process dies.</summary>
    public void Close()
    {
        _closed = true;
        _socket.Dispose();
    }

    /// <summary>
    /// Binds the listener to a network interface that does not exist. It matches no SYN any more, so the kernel answers RST as for
    /// a closed port, while handshakes under way still end in the backlog, and the backlog can still be accepted. Needs no privilege (Linux
    /// 5.7).
    /// </summary>
    private bool TryRefuseNewConnections()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            _socket.SetRawSocketOption(SolSocket, SoBindToIfIndex, BitConverter.GetBytes(NoInterface));
            return true;
        }
        catch (Exception refused) when (refused is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    private async Task WhenBacklogIsEmptyAsync()
    {
        try
        {
            while (_socket.Poll(0, SelectMode.SelectRead))
            {
                await Task.Yield();
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // Killed meanwhile.
        }
    }

    private async Task AcceptAsync()
    {
        while (!_closed)
        {
            try
            {
                _accepted(await _socket.AcceptAsync());
            }
            catch (Exception) when (_closed)
            {
                return;
            }
            catch (SocketException exhausted)
                when (exhausted.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
            {
                await Task.Delay(_resourcePause, TimeProvider.System);
            }
            catch (SocketException)
            {
                // This one connection was gone before it was accepted.
            }
        }
    }
}
