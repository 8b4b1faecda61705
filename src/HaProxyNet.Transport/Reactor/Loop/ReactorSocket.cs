using System.Net;
using HaProxyNet.Transport.Native;
using HaProxyNet.Transport.Reactor.Connecting;

namespace HaProxyNet.Transport.Reactor.Loop;

/// <summary>
/// One descriptor of a lane and what epoll has said of it. Edge-triggered: a flag stays set until a call has found it untrue. Reused for
/// the next connection after it was closed.
/// </summary>
internal sealed partial class ReactorSocket(ReactorLane lane, int slot) : TransportSocket
{
    private PeerAddress _peer;

    /// <summary>The descriptor; below zero when closed.</summary>
    public int Descriptor { get; private set; } = -1;

    /// <summary>
    /// Which use of this object it is: an event for an earlier use is stale. It wraps; no event is four billion uses late.
    /// </summary>
    public uint Generation { get; private set; }

    /// <summary>There may be something to read: bytes, FIN or an error.</summary>
    public bool Readable { get; set; }

    /// <summary>There may be room to write.</summary>
    public bool Writable { get; set; }

    /// <summary>The peer has sent its FIN, perhaps behind bytes that are still to be read.</summary>
    public bool PeerClosed { get; private set; }

    /// <summary>The connection has failed, or both directions are closed.</summary>
    public bool HungUp { get; private set; }

    /// <summary>Urgent data stopped a read at its mark once: a short read does not mean that the socket is empty.</summary>
    public bool Urgent { get; private set; }

    /// <summary>The connection whose client this is; none for the socket of a destination.</summary>
    public LaneConnection? Connection { get; set; }

    /// <summary>Whether keepalive and the user timeout are on already.</summary>
    public KeepAliveStage KeepAlive { get; set; }

    /// <summary>Another process has this socket too, and may go on with it: a close here alone would tell the peer nothing.</summary>
    public bool IsShared { get; set; }

    /// <summary>What is notified of events.</summary>
    public IReadyTarget? Owner { get; set; }

    /// <summary>What epoll hands back with each event.</summary>
    public ulong EventData => ((ulong)Generation << 32) | (uint)slot;

    public override IPEndPoint RemoteEndPoint => _peer.ToEndPoint();

    public override PeerAddress Peer => _peer;

    public override IPEndPoint? OriginalDestination => Transport.Native.Descriptor.OriginalDestination(Descriptor);

    /// <remarks>
    /// Another thread may ask for a socket that is just closed, and whose number is another one's by then: the answer is not used.
    /// </remarks>
    public override int Unacknowledged
    {
        get
        {
            var (generation, descriptor) = (Generation, Descriptor);
            var count = descriptor < 0 ? -1 : Transport.Native.Descriptor.Unacknowledged(descriptor);
            return Generation == generation && Descriptor == descriptor ? count : -1;
        }
    }

    public override bool TryReadSendQueue(out SendQueue queue) => Transport.Native.Descriptor.TryReadSendQueue(Descriptor, out queue);

    public override void LimitSilence(TimeSpan limit)
        => Transport.Native.Descriptor.SetOption(
            Descriptor, Linux.LevelTcp, Linux.TcpUserTimeout, (int)Math.Min(limit.TotalMilliseconds, int.MaxValue));

    public override IPEndPoint LocalEndPoint => Transport.Native.Descriptor.LocalAddress(Descriptor).ToEndPoint();

    /// <summary>Takes over an open descriptor.</summary>
    public void Open(int descriptor, in RawAddress peer)
    {
        Descriptor = descriptor;
        _peer = peer.ToPeer();
        Readable = PeerClosed = HungUp = Urgent = OwesFirstPacket = IsNagled = IsShared = false;
        Writable = true;
        KeepAlive = KeepAliveStage.Fresh;
        UserTimeout = 0;
    }

    /// <summary>Notes what epoll said, and tells the owner.</summary>
    public void OnEvents(uint flags)
    {
        if ((flags & (Linux.EventPeerClosed | Linux.EventHangUp | Linux.EventError)) != 0)
        {
            PeerClosed = true;
            HungUp |= (flags & (Linux.EventHangUp | Linux.EventError)) != 0;
            Readable = true;
        }

        Urgent |= (flags & Linux.EventUrgent) != 0;
        Readable |= (flags & Linux.EventIn) != 0;
        Writable |= (flags & (Linux.EventOut | Linux.EventHangUp | Linux.EventError)) != 0;
        Owner?.OnReady(this);
    }

    /// <summary>Sends our FIN; what the peer sends is still read. A peer that has reset meanwhile says so at the next read.</summary>
    public void ShutdownSend()
    {
        SendHeader(Linux.MessageNoSignal | Linux.MessageMore);
        Libc.Shutdown(Descriptor, Linux.ShutdownWrite);
    }

    public override unsafe bool TryTake(Span<byte> into)
    {
        fixed (byte* buffer = into)
        {
            return Libc.Receive(Descriptor, buffer, (nuint)into.Length, 0) == into.Length;
        }
    }

    public override void Close()
    {
        if (Descriptor >= 0)
        {
            EndForAll(resets: false);
            _ = Libc.Close(Descriptor);
            Release();
        }
    }

    public override void Reset()
    {
        if (Descriptor >= 0)
        {
            EndForAll(resets: true);
            Transport.Native.Descriptor.Reset(Descriptor);
            Release();
        }
    }

    /// <summary>Closes it here alone: its connection is another process's.</summary>
    public void LetGo()
    {
        if (Descriptor >= 0)
        {
            // The process that goes on with it does not know what waits.
            SendFirstPacket();
            SwitchNagleOff();

            // The system would go on to tell of it: for epoll a socket is open as long as any process has it open.
            lane.Deregister(this);
            _ = Libc.Close(Descriptor);
            Release();
        }
    }

    /// <summary>Whether a connect has reached itself: nobody listens there.</summary>
    public bool IsConnectedToItself() => Transport.Native.Descriptor.IsConnectedToItself(Descriptor, _peer.Port);

    private void EndForAll(bool resets)
    {
        if (IsShared)
        {
            lane.Deregister(this);
            Transport.Native.Descriptor.EndForAll(Descriptor, resets);
        }
    }

    private void Release()
    {
        Descriptor = -1;
        DropHeader(_headerLength);
        _held = 0;
        Owner = null;
        Connection = null;
        Generation++;
        lane.ReleaseLater(this);
    }
}
