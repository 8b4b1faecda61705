using System.Net;
using System.Net.Sockets;
using HaProxyNet.Transport.Native;
using HaProxyNet.Transport.Reactor;
using HaProxyNet.Transport.Reactor.Loop;
using Microsoft.Extensions.Logging.Abstractions;

namespace HaProxyNet.Tests.Transport.Reactor.Connecting;

/// <summary>
/// What waits for the client's first bytes, and for how long. The system itself sends what is held back after 200 ms: a machine that was
/// slower than that in one try is asked again.
/// </summary>
public sealed class OwedFirstPacketsTests : IDisposable
{
    private const int Tries = 50;

    private readonly ReactorLane? _lane =
        OperatingSystem.IsLinux() ? new ReactorLane(0, TimeProvider.System, new ReactorLimits(NullLogger.Instance)) : null;

    private ReactorLane Lane
    {
        get
        {
            Assert.SkipUnless(_lane is not null, "The Reactor is for Linux.");
            return _lane;
        }
    }

    public void Dispose() => _lane?.Dispose();

    [Fact]
    public void HeaderThenBytes_OnePacket() => Assert.Contains(1, Enumerable.Range(0, Tries).Select(_ =>
    {
        using var pair = new Pair(Lane);
        pair.Owe();
        pair.Socket.TrySend("header"u8);
        pair.Client.Send("bytes"u8);
        return pair.PacketsOf("headerbytes".Length);
    }));

    [Fact]
    public void NothingOwed_HeaderGoesByItself()
    {
        using var pair = new Pair(Lane);
        pair.Socket.TrySend("header"u8);
        Assert.Equal(1, pair.PacketsOf("header".Length));
        pair.Client.Send("bytes"u8);
        Assert.Equal(2, pair.PacketsOf("bytes".Length));
    }

    [Fact]
    public void NoBytesFollow_PatienceEnds_HeaderGoes() => GoesBy(pair => pair.Lane.OwedFirstPackets.Pay(long.MaxValue));

    [Fact]
    public void NoBytesFollow_AnotherProcessGoesOn_HeaderGoes() => GoesBy(pair => pair.Socket.LetGo());

    [Fact]
    public void PatienceNotOver_HeaderStays()
    {
        using var pair = new Pair(Lane);
        pair.Owe();
        pair.Lane.OwedFirstPackets.Pay(pair.Lane.Now);
        Assert.True(pair.Socket.OwesFirstPacket);
        pair.Lane.OwedFirstPackets.Pay(long.MaxValue);
        Assert.Equal((false, -1), (pair.Socket.OwesFirstPacket, pair.Lane.OwedFirstPackets.LongestSleep));
    }

    [Fact]
    public void SmallRequestAlone_OptionIsLeft()
    {
        using var pair = new Pair(Lane);
        pair.OweNagled();
        pair.Socket.BeforeSending(500);
        Assert.True(pair.Socket.IsNagled);
    }

    [Theory]
    [InlineData(537)]
    [InlineData(30, 507)]
    [InlineData(536, 1)]
    public void MoreThanOneSegment_NothingOfItWaitsForAnAck(params int[] sends)
    {
        using var pair = new Pair(Lane);
        pair.OweNagled();
        Array.ForEach(sends, pair.Socket.BeforeSending);
        Assert.Equal((false, true), (pair.Socket.IsNagled, pair.Client.NoDelay));
    }

    [Fact]
    public void SecondSend_DoesNotWaitForAnAck()
    {
        using var pair = new Pair(Lane);
        pair.OweNagled();
        pair.Socket.BeforeSending(10);
        pair.Socket.OwesFirstPacket = false;
        pair.Socket.BeforeSending(10);
        Assert.Equal((false, true), (pair.Socket.IsNagled, pair.Client.NoDelay));
    }

    [Fact]
    public void AnotherProcessGoesOn_ItsSendsDoNotWait()
    {
        using var pair = new Pair(Lane);
        pair.OweNagled();
        pair.Socket.LetGo();
        Assert.True(pair.Client.NoDelay);
    }

    private void GoesBy(Action<Pair> action)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            using var pair = new Pair(Lane);
            pair.Owe();
            pair.Socket.TrySend("header"u8);
            var held = pair.Unsent;
            action(pair);
            if (held > 0)
            {
                Assert.Equal(0u, pair.Unsent);
                return;
            }
        }

        Assert.Fail("Nothing was held back.");
    }

    private sealed class Pair : IDisposable
    {
        private readonly Socket _listener = new(SocketType.Stream, ProtocolType.Tcp);
        private readonly Socket _peer;

        public Pair(ReactorLane lane)
        {
            Lane = lane;
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _listener.Listen();
            Client.NoDelay = true;
            Client.Connect(_listener.LocalEndPoint!);
            _peer = _listener.Accept();

            // The socket of the lane closes its own descriptor.
            Socket = lane.Register(
                Descriptor.Duplicate((int)Client.SafeHandle.DangerousGetHandle()), RawAddress.From((IPEndPoint)_listener.LocalEndPoint!))!;
        }

        public ReactorLane Lane { get; }

        public Socket Client { get; } = new(SocketType.Stream, ProtocolType.Tcp);

        public ReactorSocket Socket { get; }

        public uint Unsent
        {
            get
            {
                Assert.True(Descriptor.TryReadSendQueue((int)Client.SafeHandle.DangerousGetHandle(), out var queue));
                return queue.Waiting;
            }
        }

        public void Owe() => Lane.OwedFirstPackets.Add(Socket);

        /// <summary>As a connect leaves it.</summary>
        public void OweNagled()
        {
            Client.NoDelay = false;
            Socket.IsNagled = true;
            Owe();
        }

        /// <summary>How many packets with bytes have come, when so many bytes more have been read.</summary>
        public int PacketsOf(int count)
        {
            var got = new byte[count];
            for (var at = 0; at < count;)
            {
                var more = _peer.Receive(got.AsSpan(at));
                Assert.True(more > 0);
                at += more;
            }

            return ReceivedPackets.Of(_peer);
        }

        public void Dispose()
        {
            Socket.Close();
            Client.Dispose();
            _peer.Dispose();
            _listener.Dispose();
        }
    }
}
