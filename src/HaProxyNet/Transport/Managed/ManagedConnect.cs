using System.Net;
using System.Net.Sockets;
using HaProxyNet.Connecting;

namespace HaProxyNet.Transport.Managed;

/// <summary>One connect attempt. It is cancelled by closing its socket, with the reason noted first.</summary>
internal sealed class ManagedConnect(IPEndPoint address, long deadline) : IDisposable
{
    private readonly SocketOperation _operation = new();
    private Socket? _socket;
    private int _cancelled;

    /// <summary>When the attempt times out, in timestamps of the lane.</summary>
    public long Deadline { get; } = deadline;

    /// <summary>Connects; the socket is the caller's on <see cref="ConnectStatus.Connected"/>, and closed otherwise.</summary>
    public async ValueTask<(ConnectStatus Status, Socket? Socket)> RunAsync()
    {
        var error = await ConnectAsync();
        var cancelled = (ConnectStatus)Interlocked.CompareExchange(ref _cancelled, (int)ConnectStatus.Connected, (int)ConnectStatus.Pending);
        var status = cancelled is ConnectStatus.Pending ? Judge(error) : cancelled;
        if (status is not ConnectStatus.Connected)
        {
            GiveUp(_socket);
        }

        return (status, _socket);
    }

    /// <summary>Ends the attempt with this status. Any thread; too late when it has ended.</summary>
    public void Cancel(ConnectStatus status)
    {
        if (Interlocked.CompareExchange(ref _cancelled, (int)status, (int)ConnectStatus.Pending) == (int)ConnectStatus.Pending)
        {
            GiveUp(Volatile.Read(ref _socket));
        }
    }

    public void Dispose() => _operation.Dispose();

    /// <summary>The destination may have accepted in this very moment: it must not take the end for that of an orderly connection.</summary>
    private static void GiveUp(Socket? socket)
    {
        if (socket is not null)
        {
            ManagedSocket.ResetAndDispose(socket);
        }
    }

    /// <summary>A connect to a closed port of this machine may be given that very port as its own and so reach itself: nobody listens there.</summary>
    private ConnectStatus Judge(SocketError error)
        => error is SocketError.Success && Equals(_socket!.LocalEndPoint, address) ? ConnectStatus.Refused : ConnectErrors.Classify(error);

    private ValueTask<SocketError> ConnectAsync()
    {
        try
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            ManagedSocket.KeepAlive(socket);
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
