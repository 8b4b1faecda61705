using HaProxyNet.Transport.Async;
using HaProxyNet.Transport.Native;
using HaProxyNet.Transport.Reactor.Loop;
using HaProxyNet.Transport.Teardown;

namespace HaProxyNet.Transport.Reactor.Relaying;

/// <summary>
/// A socket of a lane for code that reads and writes it above the engine. Every wait ends on the lane's thread, within the call that tells
/// of the event, and so does what was waiting.
/// </summary>
internal sealed partial class ReactorLaneSocket(ReactorLane lane, LaneConnection connection, ReactorSocket socket)
    : LaneSocket, IReadyTarget, ITurnTaker
{
    private readonly uint _generation = socket.Generation;
    private readonly LaneWait _readable = new();
    private readonly LaneWait _writable = new();
    private readonly LaneWait _turn = new();
    private bool _cancelled;
    private bool _vanished;
    private bool _finished;
    private bool _queued;

    public override TransportSocket Socket => socket;

    public override bool HasFailed => !_finished && IsUsable && socket.HungUp;

    /// <remarks>The system is asked: epoll may not have told of them yet.</remarks>
    public override unsafe bool HasUnread
    {
        get
        {
            byte peeked;
            return _queued || (IsUsable && Libc.Receive(socket.Descriptor, &peeked, 1, Linux.MessagePeek) >= 0);
        }
    }

    public override bool HasVanished
    {
        get
        {
            if (!_vanished && IsUsable && socket.HungUp)
            {
                NoteLoss(Descriptor.TakeError(socket.Descriptor));
            }

            return _vanished;
        }
    }

    /// <summary>The socket's object serves another connection after it was closed.</summary>
    private bool IsUsable => !_cancelled && IsOpen;

    private bool IsOpen => socket.Generation == _generation && socket.Descriptor >= 0;

    public override unsafe int TryRead(Span<byte> into)
    {
        while (IsUsable)
        {
            if (!socket.Readable)
            {
                return Nothing;
            }

            int count;
            fixed (byte* buffer = into)
            {
                count = (int)Libc.Receive(socket.Descriptor, buffer, (nuint)into.Length, 0);
            }

            if (count >= 0)
            {
                // A short read has emptied the socket, unless FIN (or an urgent mark) stands behind it.
                socket.Readable = count == into.Length || socket.PeerClosed || socket.Urgent;
                return count;
            }

            if (Errno.Last is Errno.Again)
            {
                socket.Readable = false;
                return Nothing;
            }

            if (Errno.Last is not Errno.Interrupted)
            {
                NoteLoss(Errno.Last);
                return Failed;
            }
        }

        return Failed;
    }

    public override ValueTask WaitReadableAsync()
    {
        if (!IsUsable || (socket.Readable && !IsCostly))
        {
            return ValueTask.CompletedTask;
        }

        var wait = _readable.Begin();
        if (socket.Readable)
        {
            TakeTurn();
        }

        return wait;
    }

    public override ValueTask EnterAsync() => ValueTask.CompletedTask;

    public override ValueTask YieldAsync()
    {
        if (!IsUsable)
        {
            return ValueTask.CompletedTask;
        }

        var wait = _turn.Begin();
        lane.ContinueLater(this);
        return wait;
    }

    public override ValueTask GoOnAsync() => ReturnAsync();

    public override ValueTask ReturnAsync() => lane.IsCurrent ? ValueTask.CompletedTask : lane.Here.Task;

    public override void ShutdownSend()
    {
        if (IsUsable && !_finished)
        {
            _finished = true;
            socket.ShutdownSend();
        }
    }

    public override void Attach()
    {
        if (IsOpen)
        {
            socket.Owner = this;
            EndMissedWaits();
        }
    }

    public override void Cancel()
    {
        _cancelled = true;
        EndWaits();
    }

    public override void Close()
    {
        if (IsOpen)
        {
            socket.Close();
        }

        EndWaits();
    }

    public override void Reset()
    {
        if (IsOpen)
        {
            socket.Reset();
        }

        EndWaits();
    }

    /// <summary>It has nothing of its own to free.</summary>
    public override void Dispose()
    {
    }

    public void OnReady(ReactorSocket ready)
    {
        if (ready.Writable)
        {
            _writable.End();
        }

        // The code that went on may have closed the socket.
        if (IsUsable && socket.Readable && _readable.IsWaiting)
        {
            if (IsCostly)
            {
                TakeTurn();
            }
            else
            {
                _readable.End();
            }
        }

        if (IsUsable && socket.HungUp)
        {
            connection.Activity?.Look(lane.Now);
        }
    }

    /// <summary>Its turn has come: to go on after a wait for bytes, or after the others have had theirs.</summary>
    public void Continue()
    {
        if (_queued)
        {
            _queued = false;
            _readable.End();
        }
        else
        {
            _turn.End();
        }
    }

    private void NoteLoss(int errno) => _vanished |= TeardownRules.IsSilence(Errno.ToSocketError(errno));

    private void TakeTurn()
    {
        if (!_queued)
        {
            _queued = true;
            lane.ContinueInTurn(this);
        }
    }

    /// <summary>What epoll told another stage, it does not tell again.</summary>
    private void EndMissedWaits()
    {
        if (socket.Writable)
        {
            _writable.End();
        }

        if (IsUsable && socket.Readable && !_queued)
        {
            _readable.End();
        }
    }

    private void EndWaits()
    {
        _readable.End();
        _writable.End();
        _turn.End();
    }
}
