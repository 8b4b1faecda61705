using System.Net;
using System.Net.Sockets;
using HaProxyNet.Transport.Native;

namespace HaProxyNet.Transport.Managed;

/// <summary>
/// One side of a connection on <see cref="Socket"/>. Non-blocking calls first, so that a busy connection needs no callback; a wait only
/// when there is nothing to read or no room to write. No buffer is held while it waits.
/// </summary>
internal sealed partial class ManagedSocket : TransportSocket, IDisposable
{
    private readonly Socket _socket;
    private SocketOperation? _receive;
    private SocketOperation? _send;
    private ManagedStrand? _strand;
    private int _shut;
    private int _closed;

    public ManagedSocket(Socket socket)
    {
        _socket = socket;
        _socket.Blocking = false;
        RemoteEndPoint = Address(s => s.RemoteEndPoint);
        LocalEndPoint = Address(s => s.LocalEndPoint);
    }

    public override IPEndPoint RemoteEndPoint { get; }

    public override IPEndPoint LocalEndPoint { get; }

    public override int Unacknowledged
    {
        get
        {
            try
            {
                return OperatingSystem.IsLinux() ? Descriptor.Unacknowledged((int)_socket.Handle) : -1;
            }
            catch (ObjectDisposedException)
            {
                return -1;
            }
        }
    }

    /// <summary>Whether an urgent byte stands ahead, which no look gets past. Elsewhere than on Linux: false.</summary>
    public bool StopsAtUrgentByte()
    {
        try
        {
            return OperatingSystem.IsLinux() && Descriptor.StopsAtUrgentByte((int)_socket.Handle);
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    public override IPEndPoint? OriginalDestination
    {
        get
        {
            try
            {
                return OperatingSystem.IsLinux() ? Descriptor.OriginalDestination((int)_socket.Handle) : null;
            }
            catch (ObjectDisposedException)
            {
                return null;
            }
        }
    }

    public override void LimitSilence(TimeSpan limit)
        => SilenceOptions.SetUserTimeout(_socket, (int)Math.Min(limit.TotalMilliseconds, int.MaxValue));

    /// <summary>From now on a waiting operation goes on here. Not to be called while one waits.</summary>
    public void GoOnAt(ManagedStrand strand)
    {
        _strand = strand;
        _receive?.Strand = strand;
        _send?.Strand = strand;
    }

    /// <summary>
    /// Reads what is there: a count, 0 for FIN, or an error, <see cref="SocketError.WouldBlock"/> when there is nothing yet.
    /// </summary>
    public int TryReceive(Span<byte> buffer, out SocketError error)
    {
        try
        {
            return _socket.Receive(buffer, SocketFlags.None, out error);
        }
        catch (ObjectDisposedException)
        {
            error = SocketError.OperationAborted;
            return 0;
        }
    }

    /// <summary>
    /// Copies what is there and leaves it: a count, 0 for FIN, or an error, <see cref="SocketError.WouldBlock"/> when there is nothing yet.
    /// </summary>
    public int Peek(Span<byte> buffer, out SocketError error)
    {
        try
        {
            return _socket.Receive(buffer, SocketFlags.Peek, out error);
        }
        catch (ObjectDisposedException)
        {
            error = SocketError.OperationAborted;
            return 0;
        }
    }

    /// <summary>Waits until there is something to read. The zero-byte receive consumes nothing.</summary>
    public ValueTask<SocketError> WaitReadableAsync()
    {
        _receive ??= new SocketOperation { Strand = _strand };
        _receive.SetBuffer(Memory<byte>.Empty);
        return _receive.StartAsync(static (socket, operation) => socket.ReceiveAsync(operation), _socket);
    }

    public override bool TryTake(Span<byte> into) => TryReceive(into, out var error) == into.Length && error is SocketError.Success;

    public override bool TrySend(ReadOnlySpan<byte> data) => TrySend(data, out var error) == data.Length && error is SocketError.Success;

    /// <summary>Writes what the socket's buffer has room for.</summary>
    public int TrySend(ReadOnlySpan<byte> data, out SocketError error)
    {
        try
        {
            return _socket.Send(data, SocketFlags.None, out error);
        }
        catch (ObjectDisposedException)
        {
            error = SocketError.OperationAborted;
            return 0;
        }
    }

    /// <summary>Writes everything, waiting for room.</summary>
    public ValueTask<SocketError> SendAsync(Memory<byte> data)
    {
        _send ??= new SocketOperation { Strand = _strand };
        _send.SetBuffer(data);
        return _send.StartAsync(static (socket, operation) => socket.SendAsync(operation), _socket);
    }

    /// <summary>Sends our FIN; what the peer sends is still read.</summary>
    public void ShutdownSend()
    {
        if (Interlocked.Exchange(ref _shut, 1) != 0)
        {
            return;
        }

        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // The peer has reset in the meantime; the next read says so.
        }
    }

    /// <summary>Whether a read would say something; one that was closed has nothing more to say.</summary>
    public bool HasUnread()
    {
        try
        {
            return _socket.Poll(TimeSpan.Zero, SelectMode.SelectRead);
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Whether the client reset, or sent FIN without ever having sent a byte. Consumes nothing.</summary>
    public bool IsGone()
    {
        Span<byte> peeked = stackalloc byte[1];
        try
        {
            if (WasReset())
            {
                return true;
            }

            var count = _socket.Receive(peeked, SocketFlags.Peek, out var error);
            return error is SocketError.Success ? count == 0 : error is not SocketError.WouldBlock;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }

    /// <remarks>
    /// Our FIN first: .NET resets a connection that is disposed of while another thread is in a call on it, if only to look at its state as
    /// the sweep does, unless its FIN was sent by then.
    /// </remarks>
    public override void Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            ShutdownSend();
            _socket.Dispose();
        }
    }

    public override void Reset()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            ResetAndDispose(_socket);
        }
    }

    public void Dispose()
    {
        Close();
        _receive?.Dispose();
        _send?.Dispose();
    }

    /// <summary>The error that the system has kept for this socket, which it tells once.</summary>
    public SocketError TakeError()
    {
        try
        {
            return (SocketError)_socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            return SocketError.Success;
        }
    }

    /// <summary>Closes with RST.</summary>
    public static void ResetAndDispose(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // Reset by the peer already.
        }

        socket.Dispose();
    }

    private IPEndPoint Address(Func<Socket, EndPoint?> of)
    {
        try
        {
            return (IPEndPoint)of(_socket)!;
        }
        catch (SocketException)
        {
            // The peer has reset already, and the system has forgotten its address.
            return new IPEndPoint(IPAddress.Any, 0);
        }
    }
}
