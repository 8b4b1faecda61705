using System.Net.Sockets;
using System.Runtime.InteropServices;
using HaProxyNet.Transport.Async;
using HaProxyNet.Transport.Teardown;

namespace HaProxyNet.Transport.Managed;

/// <summary>
/// A socket of the Managed engine for code that reads and writes it above the engine. What waits goes on on the connection's strand, if it
/// has one.
/// </summary>
internal sealed class ManagedLaneSocket : LaneSocket, IStrandWork
{
    private readonly ManagedSocket _socket;
    private readonly ManagedStrand? _strand;
    private readonly LaneWait? _entry;
    private volatile bool _cancelled;
    private volatile bool _failed;
    private volatile bool _vanished;
    private volatile bool _wasReset;
    private volatile bool _finished;

    public ManagedLaneSocket(ManagedSocket socket, ManagedStrand? strand)
    {
        (_socket, _strand) = (socket, strand);
        if (strand is not null)
        {
            _entry = new LaneWait();
            socket.GoOnAt(strand);
        }
    }

    public override TransportSocket Socket => _socket;

    public override bool HasFailed => !_finished && (_failed || _socket.WasReset());

    public override bool HasUnread => _socket.HasUnread();

    /// <remarks>
    /// Linux tells an error once: the other direction may have taken it, and not have come to its word yet. Then the system's own account
    /// of the connection says it.
    /// </remarks>
    public override bool HasVanished => _vanished || (HasFailed && (Note(_socket.TakeError()) || (!_wasReset && _socket.WasGivenUp())));

    public override int TryRead(Span<byte> into)
    {
        if (_cancelled)
        {
            return Failed;
        }

        var count = _socket.TryReceive(into, out var error);
        return error switch
        {
            SocketError.Success => count == 0 && _failed ? Failed : count,
            SocketError.WouldBlock => Nothing,
            _ => Lost(error),
        };
    }

    public override async ValueTask WaitReadableAsync()
    {
        if (!_cancelled && await _socket.WaitReadableAsync() is not SocketError.Success and var error)
        {
            Note(error);

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

        var sent = _socket.TrySend(data.Span, out var error);
        return error switch
        {
            SocketError.Success when sent == data.Length => new(true),
            SocketError.Success or SocketError.WouldBlock => SendRestAsync(data[Math.Max(sent, 0)..]),
            _ => new(Lost(error) == 0),
        };
    }

    public override ValueTask EnterAsync()
    {
        if (_strand is not { } strand)
        {
            return ValueTask.CompletedTask;
        }

        var entry = _entry!.Begin();
        ThreadPool.UnsafeQueueUserWorkItem(static work => work.Strand.Run(work.Socket), (Strand: strand, Socket: this), preferLocal: false);
        return entry;
    }

    /// <summary>It is this socket's turn on the strand.</summary>
    public void Run() => _entry!.End();

    /// <summary>Behind what waits in the pool, and behind the other direction.</summary>
    public override ValueTask YieldAsync() => EnterAsync();

    public override ValueTask GoOnAsync() => _strand is { } strand ? strand.Here.Task : ReturnAsync();

    public override ValueTask ReturnAsync() => Thread.CurrentThread.IsThreadPoolThread ? ValueTask.CompletedTask : LaneHop.ToPool.Task;

    public override void ShutdownSend()
    {
        if (!_finished)
        {
            _finished = true;
            _socket.ShutdownSend();
        }
    }

    public override void Attach()
    {
    }

    /// <summary>A wait for bytes can only be ended by closing the _socket.</summary>
    public override void Cancel()
    {
        _cancelled = true;
        _socket.Reset();
    }

    public override void Close() => _socket.Close();

    public override void Reset() => _socket.Reset();

    public override void Dispose() => _socket.Dispose();

    private async ValueTask<bool> SendRestAsync(ReadOnlyMemory<byte> data)
        => await _socket.SendAsync(MemoryMarshal.AsMemory(data)) is var error && (error is SocketError.Success || Lost(error) == 0);

    private int Lost(SocketError error)
    {
        Note(error);
        return Failed;
    }

    private bool Note(SocketError error)
    {
        _wasReset |= error is SocketError.ConnectionReset;
        return _vanished |= TeardownRules.IsSilence(error);
    }
}
