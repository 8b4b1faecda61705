using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace HaProxyNet.Transport.Managed;

/// <summary>A socket of the Managed engine for whoever reads and writes it above the engine. What waits goes on in the thread pool.</summary>
internal sealed class ManagedLaneSocket(ManagedSocket socket) : LaneSocket
{
    private volatile bool _cancelled;
    private volatile bool _failed;
    private volatile bool _finished;

    public override TransportSocket Socket => socket;

    public override bool HasFailed => !_finished && (_failed || socket.WasReset());

    public override int TryRead(Span<byte> into)
    {
        if (_cancelled)
        {
            return Failed;
        }

        var count = socket.TryReceive(into, out var error);
        return error switch
        {
            SocketError.Success => count,
            SocketError.WouldBlock => Nothing,
            _ => Failed,
        };
    }

    public override async ValueTask WaitReadableAsync()
    {
        if (!_cancelled && await socket.WaitReadableAsync() is not SocketError.Success)
        {
            // Linux tells an error once, and the wait has taken it: what is read from here on is what came before it.
            _failed = true;
        }

        if (IsCostly)
        {
            // To the end of the pool's queue, where the relays' callbacks are; and a handshake that fails at once does not run within the
            // one whose place it takes.
            await Task.Yield();
        }
    }

    public override ValueTask<bool> SendAsync(ReadOnlyMemory<byte> data)
    {
        if (_cancelled)
        {
            return new(false);
        }

        var sent = socket.TrySend(data.Span, out var error);
        return error switch
        {
            SocketError.Success when sent == data.Length => new(true),
            SocketError.Success or SocketError.WouldBlock => SendRestAsync(data[Math.Max(sent, 0)..]),
            _ => new(false),
        };
    }

    /// <summary>The thread pool shares itself out.</summary>
    public override ValueTask YieldAsync() => ValueTask.CompletedTask;

    public override void ShutdownSend()
    {
        if (!_finished)
        {
            _finished = true;
            socket.ShutdownSend();
        }
    }

    public override void Attach()
    {
    }

    /// <summary>A wait for bytes can only be ended by closing the socket.</summary>
    public override void Cancel()
    {
        _cancelled = true;
        socket.Reset();
    }

    public override void Close() => socket.Close();

    public override void Reset() => socket.Reset();

    public override void Dispose() => socket.Dispose();

    private async ValueTask<bool> SendRestAsync(ReadOnlyMemory<byte> data)
        => await socket.SendAsync(MemoryMarshal.AsMemory(data)) is SocketError.Success;
}
