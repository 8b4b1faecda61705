using System.Net.Sockets;
using HaProxyNet.Listening;
using HaProxyNet.Transport.Reactor.Native;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Transport.Reactor;

/// <summary>Accepts connections of one listener on one lane.</summary>
internal sealed partial class ReactorAcceptor(
    ReactorLane lane, int descriptor, Listener listener, ProxyEndPoint endPoint, ILogger logger) : IWheelTarget
{
    /// <summary>Connections taken in one turn, so that a flood of new ones does not starve the open ones.</summary>
    private const int AcceptsPerTurn = 64;

    private TimeSpan _pause;
    private bool _stopped;
    private bool _burst;

    /// <summary>The listening descriptor.</summary>
    public int Descriptor => descriptor;

    /// <summary>Registers with the lane. On the lane.</summary>
    public void Start()
    {
        if (lane.StartAccepting(this) is var error and not 0)
        {
            LogStopped(listener.Name, Errno.ToSocketError(error));
        }
    }

    /// <summary>Accepts what waits in the backlog, then no more. On the lane; the descriptor may be closed after this.</summary>
    public void Stop()
    {
        if (!_stopped)
        {
            // Bounded, so that a flood of new connections cannot put the stop off for ever.
            for (var taken = 0; taken < ReactorListener.Backlog && AcceptOne(); taken++)
            {
            }

            _stopped = true;
            lane.StopAccepting(this);
        }
    }

    /// <summary>
    /// Takes connections from the backlog. Level-triggered: where they come one by one, the call that would only say "no more" is saved,
    /// because epoll tells again if there are.
    /// </summary>
    public void OnReady()
    {
        var accepted = 0;
        while (!_stopped && accepted < AcceptsPerTurn && AcceptOne())
        {
            accepted++;
            if (accepted == 1 && !_burst)
            {
                _burst = true;
                return;
            }
        }

        _burst = accepted > 1;
    }

    public void OnTimer()
    {
        if (!_stopped)
        {
            Start();
        }
    }

    private unsafe bool AcceptOne()
    {
        RawAddress peer;
        uint length = RawAddress.Size;
        var accepted = Libc.Accept(descriptor, &peer, &length, Linux.SocketNonBlocking | Linux.SocketCloseOnExec);
        if (accepted < 0)
        {
            return Errno.Last is not Errno.Again && OnError(Errno.ToSocketError(Errno.Last));
        }

        _pause = TimeSpan.Zero;
        if (lane.Register(accepted, peer) is { } socket)
        {
            var connection = new ProxyConnection(lane, listener, socket);
            socket.Connection = connection;
            socket.KeepAlive = KeepAliveStage.On;
            endPoint.Serve(connection);
        }

        return true;
    }

    /// <summary>True when the next connection can be accepted at once.</summary>
    private bool OnError(SocketError error)
    {
        switch (AcceptErrors.Classify(error))
        {
            case AcceptErrorTier.Transient:
                return true;
            case AcceptErrorTier.ResourcePressure:
                _pause = AcceptErrors.NextPause(_pause);
                lane.StopAccepting(this);
                lane.StartTimer(this, lane.Now + lane.ToTimestamp(_pause));
                LogPaused(listener.Name, error, _pause.TotalMilliseconds);
                return false;
            default:
                lane.StopAccepting(this);
                LogStopped(listener.Name, error);
                return false;
        }
    }

    [LoggerMessage(Telemetry.EventIds.AcceptPaused, LogLevel.Warning,
        "Listener {Listener} cannot accept ({Error}): descriptors or memory ran out. Open connections go on; next try in {PauseMs} ms. "
        + "Raise the limit of open files (LimitNOFILE in systemd, ulimit -n).")]
    private partial void LogPaused(string listener, SocketError error, double pauseMs);

    [LoggerMessage(Telemetry.EventIds.AcceptStopped, LogLevel.Critical,
        "Listener {Listener} has stopped accepting: {Error}. Restart the proxy.")]
    private partial void LogStopped(string listener, SocketError error);
}
