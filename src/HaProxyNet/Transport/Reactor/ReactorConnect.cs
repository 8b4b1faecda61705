using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks.Sources;
using HaProxyNet.Closing;
using HaProxyNet.Connecting;
using HaProxyNet.Transport.Reactor.Native;

namespace HaProxyNet.Transport.Reactor;

/// <summary>One connect attempt. Its object serves the next attempt as soon as this one's result was taken.</summary>
internal sealed class ReactorConnect(ReactorLane lane) : IReadyTarget, IWheelTarget, IReactorActivity, IValueTaskSource<ConnectStatus>
{
    private ManualResetValueTaskSourceCore<ConnectStatus> _source;
    private ProxyConnection? _connection;
    private ReactorSocket? _socket;
    private WheelTimer? _timer;

    /// <summary>Connects; on success the socket is the connection's.</summary>
    public ValueTask<ConnectStatus> RunAsync(ProxyConnection connection, IPEndPoint address, TimeSpan timeout)
    {
        var error = TryStart(address);
        if (error != Errno.InProgress)
        {
            lane.Recycle(this);
            return new ValueTask<ConnectStatus>(ConnectErrors.Classify(Errno.ToSocketError(error)));
        }

        _connection = connection;
        connection.Activity = this;
        ((ReactorSocket)connection.Client).Owner = this;
        _socket!.Owner = this;
        _timer = lane.StartTimer(this, lane.Now + lane.ToTimestamp(timeout));
        return new ValueTask<ConnectStatus>(this, _source.Version);
    }

    public void OnReady(ReactorSocket socket)
    {
        if (ReferenceEquals(socket, _socket))
        {
            // While a connect is under way epoll says nothing; its first word is the result.
            var error = socket.HungUp ? Descriptor.TakeError(socket.Descriptor) : 0;
            Finish(error == 0 && socket.IsConnectedToItself() ? ConnectStatus.Refused : ConnectErrors.Classify(Errno.ToSocketError(error)));
        }
        else if (socket.HungUp)
        {
            Finish(ConnectStatus.ClientGone);
        }
    }

    public void OnTimer()
    {
        _timer = null;
        Finish(ConnectStatus.TimedOut);
    }

    public void Abort(ConnectionOutcome outcome) => Finish(ConnectStatus.Aborted);

    /// <summary>Whether a client that has sent its FIN never sent a byte that is still to be read.</summary>
    public static unsafe bool HasNothingToRead(ReactorSocket client)
    {
        byte peeked;
        return Libc.Receive(client.Descriptor, &peeked, 1, Linux.MessagePeek) == 0;
    }

    ConnectStatus IValueTaskSource<ConnectStatus>.GetResult(short token)
    {
        var status = _source.GetResult(token);
        _source.Reset();
        lane.Recycle(this);
        return status;
    }

    ValueTaskSourceStatus IValueTaskSource<ConnectStatus>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<ConnectStatus>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _source.OnCompleted(continuation, state, token, flags);

    /// <summary>Sends the SYN; EINPROGRESS, or the errno that ended the attempt at once.</summary>
    private unsafe int TryStart(IPEndPoint address)
    {
        var raw = RawAddress.From(address);
        var descriptor = Descriptor.OpenTcp(raw.Family);
        if (descriptor < 0)
        {
            return Errno.Last;
        }

        Descriptor.SetOption(descriptor, Linux.LevelTcp, Linux.TcpNoDelay, 1);

        // The ACK of the SYN-ACK rides on the client's first bytes: a packet less on the wire, and less work for both machines.
        Descriptor.SetOption(descriptor, Linux.LevelTcp, Linux.TcpQuickAck, 0);
        var error = Libc.Connect(descriptor, &raw, raw.Length) < 0 ? Errno.Last : Errno.InProgress;
        if (error != Errno.InProgress)
        {
            _ = Libc.Close(descriptor);
            return error;
        }

        _socket = lane.Register(descriptor, raw);
        return _socket is null ? Errno.NoMemory : Errno.InProgress;
    }

    private void Finish(ConnectStatus status)
    {
        if (_connection is not { } connection)
        {
            return;
        }

        if (_timer is { } timer)
        {
            lane.StopTimer(timer);
            _timer = null;
        }

        ((ReactorSocket)connection.Client).Owner = null;
        connection.Activity = null;
        _socket!.Owner = null;
        if (status is ConnectStatus.Connected)
        {
            connection.DestinationSocket = _socket;
            if (!((ReactorSocket)connection.Client).Readable)
            {
                // The server may be the one who speaks first: it must not wait 200 ms for the end of the handshake.
                Descriptor.SetOption(_socket.Descriptor, Linux.LevelTcp, Linux.TcpQuickAck, 1);
            }
        }
        else
        {
            _socket.Reset();
        }

        _socket = null;
        _connection = null;
        _source.SetResult(status);
    }
}
