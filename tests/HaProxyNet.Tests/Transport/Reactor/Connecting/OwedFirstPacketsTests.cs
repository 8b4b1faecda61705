using System.Net;
using System.Net.Sockets;
using System.Text;
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
        pair.Send(5);
        return pair.PacketsOf("headerbytes".Length);
    }));

    /// <summary>More than is worth a copy, and more than one segment at the least.</summary>
    [Fact]
    public void HeaderThenManyBytes_AllComeInOrder()
    {
        using var pair = new Pair(Lane);
        pair.OweNagled();
        pair.Socket.TrySend("header"u8);
        Assert.Equal(3_000, pair.Send(3_000));
        Assert.Equal("header" + new string('b', 3_000), pair.Text(3_006));
        Assert.True(pair.Client.NoDelay);
    }

    /// <summary>What a reader gets, header first, whatever the order of the calls.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(100, 100)]
    [InlineData(530)]
    [InlineData(536, 536)]
    public void HeaderThenBytes_AllComeInOrder(params int[] sends)
    {
        using var pair = new Pair(Lane);
        pair.OweNagled();
        pair.Socket.TrySend("header"u8);
        foreach (var count in sends)
        {
            Assert.Equal(count, pair.Send(count));
            pair.Socket.OwesFirstPacket = false;
        }

        Assert.Equal("header" + new string('b', sends.Sum()), pair.Text(6 + sends.Sum()));
    }

    [Fact]
    public void HeaderThenFin_HeaderComesFirst()
    {
        using var pair = new Pair(Lane);
        pair.OweNagled();
        pair.Socket.TrySend("header"u8);
        pair.Socket.ShutdownSend();
        Assert.Equal("header", pair.Text(6));
        Assert.True(pair.IsAtEnd);
    }

    /// <summary>The object serves another connection then.</summary>
    [Fact]
    public void HeaderThenReset_NothingOfItIsLeft()
    {
        using var pair = new Pair(Lane);
        pair.Owe();
        pair.Socket.TrySend("header"u8);
        pair.Socket.Reset();
        using var next = new Pair(Lane);
        next.Send(1);
        Assert.Equal("b", next.Text(1));
    }

    [Fact]
    public void LongHeader_IsNotKept()
    {
        using var pair = new Pair(Lane);
        pair.OweNagled();
        pair.Socket.TrySend(new byte[2_000]);
        pair.Send(1);
        Assert.Equal(new string('\0', 2_000) + "b", pair.Text(2_001));
    }

    [Fact]
    public void NothingOwed_HeaderGoesByItself()
    {
        using var pair = new Pair(Lane);
        pair.Socket.TrySend("header"u8);
        Assert.Equal(1, pair.PacketsOf("header".Length));
        pair.Send(5);
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
        using var pair = new Pair(Lane);
        pair.Owe();
        pair.Socket.TrySend("header"u8);
        Assert.Equal(0, pair.Come);
        action(pair);
        Assert.Equal("header", pair.Text(6));
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

        /// <summary>Bytes that have come and were not read.</summary>
        public int Come => _peer.Available;

        public bool IsAtEnd => _peer.Receive(new byte[1]) == 0;

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
            Read(count);
            return ReceivedPackets.Of(_peer);
        }

        private byte[] Read(int count)
        {
            var got = new byte[count];
            for (var at = 0; at < count;)
            {
                var more = _peer.Receive(got.AsSpan(at));
                Assert.True(more > 0);
                at += more;
            }

            return got;
        }

        /// <summary>Sends so many bytes as a relay does.</summary>
        public unsafe int Send(int count)
        {
            var bytes = new byte[count];
            Array.Fill(bytes, (byte)'b');
            fixed (byte* first = bytes)
            {
                return Socket.Send(first, count, Linux.MessageNoSignal);
            }
        }

        /// <summary>The next bytes that come.</summary>
        public string Text(int count) => Encoding.Latin1.GetString(Read(count));

        public void Dispose()
        {
            Socket.Close();
            Client.Dispose();
            _peer.Dispose();
            _listener.Dispose();
        }
    }
}
