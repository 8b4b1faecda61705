using System.Net;
using System.Net.Sockets;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport.Managed;

/// <summary>One connect attempt. It is cancelled by closing its socket, with the reason noted first.</summary>
/// <param name="connection">The connection: nobody connects for a client that has gone.</param>
/// <param name="address">Where to.</param>
/// <param name="timeout">How long it may take from when it is sent, in timestamps of the lane.</param>
/// <param name="patienceEnds">When it is slow, in timestamps of the lane; 0: never.</param>
/// <param name="time">The clock.</param>
internal sealed class ManagedConnect(LaneConnection connection, IPEndPoint address, long timeout, long patienceEnds, TimeProvider time)
    : ConnectAttempt, ILaneActivity, IDisposable
{
    /// <summary>Level and number of TCP_QUICKACK in tcp(7).</summary>
    private const int TcpLevel = 6;
    private const int TcpQuickAck = 12;

    /// <summary>An attempt whose answer is there is asked again until that has been told.</summary>
    private static readonly TimeSpan _again = TimeSpan.FromMilliseconds(50);

    private readonly SocketOperation _operation = new();
    private readonly SilenceLimits _limits = connection.DestinationSilence;
    private readonly bool _isBesideOthers = connection.Race is { IsOpen: true };
    private readonly TaskCompletionSource? _slow = patienceEnds > 0 ? new(TaskCreationOptions.RunContinuationsAsynchronously) : null;
    private Task<ConnectStatus>? _ended;
    private Socket? _socket;
    private long _due = long.MaxValue;
    private int _end;
    private int _cancelled;

    /// <summary>When the attempt times out; never, before it is sent: a process that was paused until then has asked nobody.</summary>
    public long Due => Volatile.Read(ref _due);

    /// <inheritdoc/>
    public bool HasLostPeer => ((ManagedSocket)connection.Client).WasReset();

    public override ConnectStatus Status => (ConnectStatus)Volatile.Read(ref _end);

    /// <summary>Connects, and returns how it ended; or that it is slow, while it goes on.</summary>
    public async ValueTask<ConnectStatus> RunAsync()
    {
        if (_slow is null)
        {
            return await ConnectAsync();
        }

        _ended = ConnectAsync().AsTask();
        return await Task.WhenAny(_ended, _slow.Task) == _ended ? await _ended : ConnectStatus.Slow;
    }

    /// <summary>
    /// The attempt has taken too long for its caller, unless the destination has answered: then it is this process that is late, and the
    /// answer is on its way. Any thread.
    /// </summary>
    public void LosePatience()
    {
        if (IsUnanswered())
        {
            _slow?.TrySetResult();
        }
    }

    /// <summary>The attempt's time is over; nothing happens when it was answered in time, and this process is late. Any thread.</summary>
    public void Expire()
    {
        if (IsUnanswered())
        {
            Cancel(ConnectStatus.TimedOut);
        }
    }

    public override void GoOn(Action<ConnectAttempt> then) => _ = GoOnAsync(then);

    public override void GiveUp() => Cancel(ConnectStatus.MovedOn);

    /// <remarks>The server may be the one that speaks first: it must not wait for the end of the handshake.</remarks>
    public override void Give(LaneConnection connection)
    {
        SetQuickAck(_socket!, 1);
        connection.DestinationSocket = ((ManagedLane)connection.Lane).Limited(_socket!, _limits);
    }

    public override void Discard()
    {
        if (Status is ConnectStatus.Connected)
        {
            ManagedSocket.ResetAndDispose(_socket!);
        }
    }

    public void Look(long now)
    {
        if (now >= Due)
        {
            Expire();
        }
        else if (HasLostPeer)
        {
            Cancel(ConnectStatus.ClientGone);
        }
    }

    public void Abort(ConnectionOutcome outcome) => Cancel(ConnectStatus.Aborted);

    public void Overtake() => Cancel(ConnectStatus.Overtaken);

    public void MoveOn() => Cancel(ConnectStatus.MovedOn);

    public void Dispose() => _operation.Dispose();

    private bool IsUnanswered() => Due < long.MaxValue && !SocketConnects.IsAnswered(Volatile.Read(ref _socket));

    /// <summary>Ends the attempt with this status. Any thread; too late when it has ended.</summary>
    private void Cancel(ConnectStatus status)
    {
        if (Interlocked.CompareExchange(ref _cancelled, (int)status, (int)ConnectStatus.Pending) == (int)ConnectStatus.Pending)
        {
            Close(Volatile.Read(ref _socket));
        }
    }

    private async Task GoOnAsync(Action<ConnectAttempt> then)
    {
        using var _ = this;
        var left = time.GetElapsedTime(time.GetTimestamp(), Math.Max(Due, time.GetTimestamp()));
        var timer = time.CreateTimer(static a => ((ManagedConnect)a!).Expire(), this, left, _again);
        await using (timer)
        {
            await _ended!;
            then(this);
        }
    }

    private static void SetQuickAck(Socket socket, int value)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            socket.SetRawSocketOption(TcpLevel, TcpQuickAck, BitConverter.GetBytes(value));
        }
        catch (SocketException)
        {
            // The peer has reset already; the relay will see it.
        }
    }

    private async ValueTask<ConnectStatus> ConnectAsync()
    {
        var error = await StartAsync();
        var cancelled =
            (ConnectStatus)Interlocked.CompareExchange(ref _cancelled, (int)ConnectStatus.Connected, (int)ConnectStatus.Pending);
        var status = cancelled is ConnectStatus.Pending ? Judge(error) : cancelled;
        if (status is not ConnectStatus.Connected)
        {
            Close(_socket);
        }

        Volatile.Write(ref _end, (int)status);
        return status;
    }

    /// <summary>
    /// The destination may have accepted in this very moment: it must not take the end for that of an orderly connection.
    /// </summary>
    private static void Close(Socket? socket)
    {
        if (socket is not null)
        {
            ManagedSocket.ResetAndDispose(socket);
        }
    }

    private ConnectStatus Judge(SocketError error)
        => error is SocketError.Success && SocketConnects.HasReachedItself(_socket!)
            ? ConnectStatus.Refused
            : SocketConnects.Classify(error, address);

    private ValueTask<SocketError> StartAsync()
    {
        try
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            SilenceOptions.Set(socket, _limits);
            if (_slow is not null || _isBesideOthers)
            {
                // An attempt that is given up was never accepted, if its handshake was not answered before.
                SetQuickAck(socket, 0);
            }

            Interlocked.Exchange(ref _socket, socket);
            _operation.RemoteEndPoint = address;
            Volatile.Write(ref _due, time.GetTimestamp() + timeout);
            return Volatile.Read(ref _cancelled) == (int)ConnectStatus.Pending
                ? _operation.StartAsync(static (s, operation) => s.ConnectAsync(operation), socket)
                : new ValueTask<SocketError>(SocketError.OperationAborted);
        }
        catch (SocketException fault)
        {
            return new ValueTask<SocketError>(fault.SocketErrorCode);
        }
    }
}
