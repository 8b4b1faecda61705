using System.Net.Sockets;
using HaProxyNet.Transport.Native;
using HaProxyNet.Transport.Reactor.Loop;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Transport.Reactor.Listening;

/// <summary>Accepts connections of one listener on one lane.</summary>
internal sealed partial class ReactorAcceptor(
    ReactorLane lane, int descriptor, SilenceLimits limits, IConnectionSink sink, ILogger logger) : IWheelTarget
{
    /// <summary>Connections taken in one turn, so that a flood of new ones does not starve the open ones.</summary>
    private const int AcceptsPerTurn = 64;

    private readonly AcceptPause _pause = new(lane.Time);
    private SilenceLimits _limits = limits;
    private bool _stopping;
    private bool _stopped;
    private bool _burst;
    private bool _held;

    /// <summary>The listening descriptor.</summary>
    public int Descriptor => descriptor;

    /// <summary>Registers with the lane. On the lane.</summary>
    public void Start()
    {
        if (lane.StartAccepting(this) is var error and not 0)
        {
            LogStopped(sink.Listener, Errno.ToSocketError(error));
        }
    }

    /// <summary>Accepts what waits in the backlog, then no more. On the lane; the descriptor may be closed after this.</summary>
    public void Stop()
    {
        if (!_stopped)
        {
            _stopping = true;

            // Bounded, so that a flood of new connections cannot put the stop off without end.
            for (var taken = 0; !_held && taken < ListeningDescriptor.Backlog && AcceptOne(); taken++)
            {
            }

            _stopped = true;
            lane.Forget(this);
        }
    }

    /// <summary>Accepts no more for now. On the lane.</summary>
    public void Pause()
    {
        _held = true;
        lane.StopAccepting(this);
    }

    /// <summary>Accepts again. On the lane.</summary>
    public void Resume()
    {
        _held = false;
        Start();
    }

    /// <summary>
    /// Takes connections from the backlog. Level-triggered: where they come one by one, the call that would only say "no more" is saved,
    /// because epoll tells again if there are.
    /// </summary>
    public void OnReady()
    {
        var accepted = 0;
        while (!_stopped && !_held && accepted < AcceptsPerTurn && AcceptOne())
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
        if (_stopped || _held)
        {
            return;
        }

        if (DescriptorRoom.IsShortNow())
        {
            MakeRoom();
            WaitForRoom();
        }
        else
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

        if (_limits != sink.Silence)
        {
            // A reload has changed them: from here on sockets inherit the new ones.
            _limits = sink.Silence;
            Transport.Native.Descriptor.Limit(descriptor, _limits);
            Transport.Native.Descriptor.Limit(accepted, _limits);
        }

        if (lane.Register(accepted, peer) is { } socket)
        {
            Serve(socket);
        }

        if (DescriptorRoom.IsShort(accepted) && !_stopping)
        {
            MakeRoom();
            Pause(SocketError.TooManyOpenSockets);
            return false;
        }

        _pause.End();
        return true;
    }

    private void Serve(ReactorSocket socket)
    {
        lane.Limit(socket, _limits.UserTimeoutMilliseconds, KeepAliveStage.On);
        try
        {
            socket.Connection = sink.Accept(lane, socket);
            sink.Serve(socket.Connection);
        }
        catch
        {
            // The lane reports it; nobody else has the socket.
            socket.Reset();
            throw;
        }
    }

    /// <summary>True when the next connection can be accepted at once.</summary>
    private bool OnError(SocketError error)
    {
        switch (AcceptErrors.Classify(error))
        {
            case AcceptErrorTier.Transient:
                return true;
            case AcceptErrorTier.ResourcePressure:
                Pause(error);
                return false;
            default:
                lane.StopAccepting(this);
                LogStopped(sink.Listener, error);
                return false;
        }
    }

    private void Pause(SocketError error)
    {
        lane.StopAccepting(this);
        WaitForRoom();
        if (_pause.IsNews())
        {
            logger.AcceptPaused(sink.Listener, error);
        }
    }

    /// <summary>What makes room has ended when the shortest pause is over.</summary>
    private void MakeRoom()
    {
        if (sink.MakeRoom())
        {
            _pause.End();
        }
    }

    private void WaitForRoom() => lane.StartTimer(this, lane.Now + lane.ToTimestamp(_pause.Next()));

    [LoggerMessage(TransportEventIds.AcceptStopped, LogLevel.Critical,
        "Listener {Listener} has stopped accepting: {Error}. Restart the proxy.")]
    private partial void LogStopped(string listener, SocketError error);
}
