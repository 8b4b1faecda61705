using System.Net;
using System.Threading.Tasks.Sources;
using HaProxyNet.Transport.Native;
using HaProxyNet.Transport.Reactor.Loop;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport.Reactor.Connecting;

/// <summary>
/// One connect attempt; what becomes of one that is slow is in the other file. Its object serves the next attempt as soon as this
/// one's result was taken.
/// </summary>
internal sealed partial class ReactorConnect(ReactorLane lane)
    : ConnectAttempt, IReadyTarget, IWheelTarget, ILaneActivity, IValueTaskSource<ConnectStatus>
{
    private ManualResetValueTaskSourceCore<ConnectStatus> _source;
    private LaneConnection? _connection;
    private ReactorSocket? _socket;
    private WheelTimer? _timer;
    private long _deadline;

    /// <summary>Connects; on success the socket is the connection's.</summary>
    public ValueTask<ConnectStatus> RunAsync(LaneConnection connection, IPEndPoint address, TimeSpan timeout, TimeSpan patience)
    {
        var limits = connection.DestinationSilence;
        var error = TryStart(address, limits);
        if (error != Errno.InProgress)
        {
            lane.Recycle(this);
            return new ValueTask<ConnectStatus>(ConnectErrors.Classify(error));
        }

        // Not the lane's time: that is when its turn began, and the process may have been paused since.
        var sent = lane.Time.GetTimestamp();
        _deadline = sent + lane.ToTimestamp(timeout);
        _socket!.Owner = this;
        _timer = lane.StartTimer(this, patience > TimeSpan.Zero && patience < timeout ? sent + lane.ToTimestamp(patience) : _deadline);
        return Begin(connection);
    }

    public void OnReady(ReactorSocket socket)
    {
        if (ReferenceEquals(socket, _socket))
        {
            // While a connect is under way epoll says nothing; its first word is the result.
            var error = socket.HungUp ? Descriptor.TakeError(socket.Descriptor) : 0;
            End(error == 0 && socket.IsConnectedToItself() ? ConnectStatus.Refused : ConnectErrors.Classify(error));
        }
        else if (socket.HungUp)
        {
            Finish(ConnectStatus.ClientGone);
        }
    }

    public void OnTimer()
    {
        _timer = null;
        if (IsConnected())
        {
            // This lane is late, not the destination: a turn ends before all events have been told.
            End(ConnectStatus.Connected);
        }
        else if (!_isAlone && _connection is { } connection && lane.Now < _deadline)
        {
            StepAside(connection);
        }
        else
        {
            End(ConnectStatus.TimedOut);
        }
    }

    public void Abort(ConnectionOutcome outcome) => Finish(ConnectStatus.Aborted);

    /// <summary>Ends the attempt, because an earlier one is through.</summary>
    public void Overtake() => Finish(ConnectStatus.Overtaken);

    /// <summary>Ends the attempt because its destination went down.</summary>
    public void MoveOn() => Finish(ConnectStatus.MovedOn);

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
        if (_socket is null)
        {
            lane.Recycle(this);
        }

        return status;
    }

    ValueTaskSourceStatus IValueTaskSource<ConnectStatus>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<ConnectStatus>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _source.OnCompleted(continuation, state, token, flags);

    private ValueTask<ConnectStatus> Begin(LaneConnection connection)
    {
        _connection = connection;
        connection.Activity = this;
        ((ReactorSocket)connection.Client).Owner = this;
        return new ValueTask<ConnectStatus>(this, _source.Version);
    }

    /// <summary>Sends the SYN; EINPROGRESS, or the errno that ended the attempt at once.</summary>
    private unsafe int TryStart(IPEndPoint address, SilenceLimits limits)
    {
        var raw = RawAddress.From(address);
        var descriptor = Descriptor.OpenTcp(raw.Family);
        if (descriptor < 0)
        {
            return Errno.Last;
        }

        // The ACK of the SYN-ACK rides on the client's first bytes: a packet less on the wire, and less work for both machines. And an
        // attempt that is given up before was never accepted.
        Descriptor.SetOption(descriptor, Linux.LevelTcp, Linux.TcpQuickAck, 0);
        if (limits.AreShort)
        {
            Descriptor.Limit(descriptor, limits);
        }

        var error = Libc.Connect(descriptor, &raw, raw.Length) < 0 ? Errno.Last : Errno.InProgress;
        if (error != Errno.InProgress)
        {
            _ = Libc.Close(descriptor);
            return error;
        }

        _socket = lane.Register(descriptor, raw);
        if (_socket is null)
        {
            return Errno.NoMemory;
        }

        _socket.IsNagled = true;
        lane.Limit(_socket, limits.UserTimeoutMilliseconds, limits.AreShort ? KeepAliveStage.On : KeepAliveStage.Fresh);
        return Errno.InProgress;
    }

    /// <summary>The network or the clock has ended the attempt.</summary>
    private void End(ConnectStatus status)
    {
        if (_isAlone)
        {
            EndAlone(status);
        }
        else
        {
            Finish(status);
        }
    }

    /// <summary>Gives the connection its result.</summary>
    private void Finish(ConnectStatus status)
    {
        if (_connection is not { } connection)
        {
            return;
        }

        StopTimer();
        ((ReactorSocket)connection.Client).Owner = null;
        connection.Activity = null;
        if (_socket is { } socket)
        {
            _socket = null;
            socket.Owner = null;
            if (status is ConnectStatus.Connected)
            {
                Give(connection, socket);
            }
            else
            {
                socket.Reset();
            }
        }

        _connection = null;
        _source.SetResult(status);
    }

    private void Give(LaneConnection connection, ReactorSocket socket)
    {
        connection.DestinationSocket = socket;
        lane.OwedFirstPackets.Add(socket);
    }

    private void StopTimer()
    {
        if (_timer is { } timer)
        {
            lane.StopTimer(timer);
            _timer = null;
        }
    }
}
