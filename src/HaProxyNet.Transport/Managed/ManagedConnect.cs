using System.Net;
using System.Net.Sockets;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport.Managed;

/// <summary>One connect attempt. It is cancelled by closing its socket, with the reason noted first.</summary>
/// <param name="client">The client of the connection: nobody connects for one that has gone.</param>
/// <param name="address">Where to.</param>
/// <param name="limits">How long a silent destination is believed to live.</param>
/// <param name="deadline">When it times out, in timestamps of the lane.</param>
/// <param name="patienceEnds">When it is slow, in timestamps of the lane; 0: never.</param>
/// <param name="isBesideOthers">Others of the same connection are under way, so that it may be given up when it was answered already.</param>
internal sealed class ManagedConnect(
    ManagedSocket client, IPEndPoint address, SilenceLimits limits, long deadline, long patienceEnds, bool isBesideOthers = false) : ILaneActivity, IDisposable
{
    /// <summary>Level and number of TCP_QUICKACK in tcp(7).</summary>
    private const int TcpLevel = 6;
    private const int TcpQuickAck = 12;

    private readonly SocketOperation _operation = new();
    private readonly TaskCompletionSource<ManagedConnectResult>? _slow = patienceEnds > 0 ? new(TaskCreationOptions.RunContinuationsAsynchronously) : null;
    private Socket? _socket;
    private int _cancelled;

    /// <summary>When the attempt times out.</summary>
    public long Due { get; } = deadline;

    /// <inheritdoc/>
    public bool HasLostPeer => client.WasReset();

    /// <summary>The end of the attempt, once it has been started.</summary>
    public Task<ManagedConnectResult> Ended { get; private set; } = Task.FromResult(default(ManagedConnectResult));

    /// <summary>
    /// Connects; the socket is the caller's on <see cref="ConnectStatus.Connected"/>, and closed otherwise. Ends early as slow, while the attempt goes on.
    /// </summary>
    public async ValueTask<ManagedConnectResult> RunAsync()
    {
        if (_slow is null)
        {
            return await ConnectAsync();
        }

        Ended = ConnectAsync().AsTask();
        return await await Task.WhenAny(Ended, _slow.Task);
    }

    /// <summary>The attempt has taken too long for its caller. Any thread.</summary>
    public void LosePatience() => _slow?.TrySetResult(new(ConnectStatus.Slow, Socket: null));

    /// <summary>Ends the attempt with this status. Any thread; too late when it has ended.</summary>
    public void Cancel(ConnectStatus status)
    {
        if (Interlocked.CompareExchange(ref _cancelled, (int)status, (int)ConnectStatus.Pending) == (int)ConnectStatus.Pending)
        {
            GiveUp(Volatile.Read(ref _socket));
        }
    }

    public void Look(long now)
    {
        if (now >= Due)
        {
            Cancel(ConnectStatus.TimedOut);
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

    /// <summary>The server may be the one who speaks first: it must not wait for the end of the handshake.</summary>
    public static void AnswerAtOnce(Socket socket) => SetQuickAck(socket, 1);

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

    private async ValueTask<ManagedConnectResult> ConnectAsync()
    {
        var error = await StartAsync();
        var cancelled = (ConnectStatus)Interlocked.CompareExchange(ref _cancelled, (int)ConnectStatus.Connected, (int)ConnectStatus.Pending);
        var status = cancelled is ConnectStatus.Pending ? Judge(error) : cancelled;
        if (status is not ConnectStatus.Connected)
        {
            GiveUp(_socket);
        }

        return new(status, _socket);
    }

    /// <summary>The destination may have accepted in this very moment: it must not take the end for that of an orderly connection.</summary>
    private static void GiveUp(Socket? socket)
    {
        if (socket is not null)
        {
            ManagedSocket.ResetAndDispose(socket);
        }
    }

    private ConnectStatus Judge(SocketError error)
        => error is SocketError.Success && SocketConnects.HasReachedItself(_socket!) ? ConnectStatus.Refused : SocketConnects.Classify(error, address);

    private ValueTask<SocketError> StartAsync()
    {
        try
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            SilenceOptions.Set(socket, limits);
            if (_slow is not null || isBesideOthers)
            {
                // An attempt that is given up was never accepted, if its handshake was not answered before.
                SetQuickAck(socket, 0);
            }

            Interlocked.Exchange(ref _socket, socket);
            _operation.RemoteEndPoint = address;
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
