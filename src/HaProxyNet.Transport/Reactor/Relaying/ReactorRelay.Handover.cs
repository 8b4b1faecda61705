using HaProxyNet.Transport.Handover;
using HaProxyNet.Transport.Native;
using HaProxyNet.Transport.Reactor.Loop;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport.Reactor.Relaying;

/// <content>How a relay goes from one process to another.</content>
internal sealed unsafe partial class ReactorRelay
{
    /// <summary>Whether another process may be about to go on with it.</summary>
    public bool IsHeld => _isHeld;

    /// <summary>
    /// What another process needs to prepare itself, while the bytes move on here. The descriptors are copies: they are the caller's. Null:
    /// none is left for that.
    /// </summary>
    public HeldRelay? Copy()
    {
        var (client, destination) = (Descriptor.Duplicate(Client.Descriptor), Descriptor.Duplicate(Destination.Descriptor));
        if (client < 0 || destination < 0 || DescriptorRoom.IsShort(Math.Max(client, destination)))
        {
            _ = Libc.Close(client);
            _ = Libc.Close(destination);
            return null;
        }

        Client.IsShared = Destination.IsShared = true;
        return new HeldRelay(
            _state,
            _lastByte,
            new HeldPeer(client, Client.RemoteEndPoint),
            new HeldPeer(destination, Destination.RemoteEndPoint),
            HeldDirection.Empty(_fromClient.Ended),
            HeldDirection.Empty(_fromDestination.Ended))
        {
            Connection = _connection,
        };
    }

    /// <summary>
    /// Moves no byte from now on, until <see cref="GoOn"/> or <see cref="Leave"/>. What the system says of its sockets meanwhile is noted.
    /// </summary>
    public HeldRelay Hold()
    {
        StopTimer();
        foreach (var side in (ReadOnlySpan<RelaySide>)[RelaySide.Client, RelaySide.Destination])
        {
            ref var direction = ref side is RelaySide.Client ? ref _fromClient : ref _fromDestination;
            if (direction.Stream is { } stream)
            {
                StopGathering(Socket(side), stream);
            }
        }

        _isHeld = true;
        return new HeldRelay(_state, _lastByte, PeerOf(Client), PeerOf(Destination), ContentOf(_fromClient), ContentOf(_fromDestination))
        {
            Connection = _connection,
        };
    }

    /// <summary>Goes on after a hold, as if nothing had happened.</summary>
    public void GoOn()
    {
        _isHeld = false;
        Resume();
    }

    /// <summary>Another process goes on with it: lets everything go, and tells the peers nothing.</summary>
    public void Leave()
    {
        _isHeld = false;
        Client.LetGo();
        Destination.LetGo();
        Drop(ref _fromClient);
        Drop(ref _fromDestination);
        _connection!.Activity = null;
        _connection = null;
        lane.Recycle(this);
    }

    /// <summary>Goes on with a relay of another process; the connection has its two sockets.</summary>
    public void Adopt(LaneConnection connection, HeldRelay held, IRelayFollower then)
    {
        _state = held.State;
        _connection = connection;
        _then = then;
        _lastByte = held.LastByteAt;
        Fill(ref _fromClient, held.FromClient);
        Fill(ref _fromDestination, held.FromDestination);
        connection.Activity = this;
        Client.Owner = this;
        Destination.Owner = this;
        Resume();
    }

    private static HeldPeer PeerOf(ReactorSocket socket) => new(socket.Descriptor, socket.RemoteEndPoint);

    private static HeldDirection ContentOf(in RelayDirection direction)
    {
        var held = HeldDirection.Empty(direction.Ended);
        if (direction.Stream is not { HoldsBytes: true } stream)
        {
            return held;
        }

        if (stream.Left is not null)
        {
            held = held with { Left = new ReadOnlySpan<byte>(stream.Left + stream.LeftStart, stream.LeftEnd - stream.LeftStart).ToArray() };
        }

        return stream.Pipe is { Count: > 0 } pipe ? held with { Piped = pipe.Count, PipeOut = pipe.ReadEnd, PipeIn = pipe.WriteEnd } : held;
    }

    private void Fill(ref RelayDirection direction, HeldDirection held)
    {
        direction = new RelayDirection { Ended = held.HasEnded };
        if (held.Left.Length > 0)
        {
            fixed (byte* bytes = held.Left)
            {
                Keep(ref direction, bytes, held.Left.Length);
            }
        }

        if (held.Piped > 0)
        {
            (direction.Stream ??= lane.Buffers.RentStream()).Pipe = new SplicePipe(held.PipeOut, held.PipeIn, held.Piped);
        }
    }

    /// <summary>What a pipe holds is the other process's now: it is closed, and not given back.</summary>
    private void Drop(ref RelayDirection direction)
    {
        if (direction.Stream is { Pipe: { Count: > 0 } pipe } stream)
        {
            pipe.Close();
            stream.Pipe = null;
        }

        Release(ref direction);
    }

    private void Resume()
    {
        StartIdleTimer();
        if (_connection!.AbortRequest is var asked and not Transport.Vocabulary.ConnectionOutcome.None)
        {
            Abort(asked);
        }
        else
        {
            Continue();
        }
    }
}
