using HaProxyNet.Tls.SslStreams;
using HaProxyNet.Transport;

namespace HaProxyNet.Tests.Tls.SslStreams;

public sealed class LaneStreamTests
{
    private readonly FakeLaneSocket _socket = new();
    private readonly LaneStream _stream;

    public LaneStreamTests() => _stream = new LaneStream(_socket);

    [Fact]
    public async Task Read_IntoNothing_WaitsAndTakesNothing()
    {
        Assert.Equal(0, await _stream.ReadAsync(Memory<byte>.Empty, TestContext.Current.CancellationToken));

        Assert.Equal((1, false, -1), (_socket.Waits, _stream.HasEnded, _stream.FirstByte));
    }

    [Fact]
    public async Task Read_NothingYet_WaitsAndTriesAgain()
    {
        _socket.Reads.Enqueue((LaneSocket.Nothing, []));
        _socket.Reads.Enqueue((LaneSocket.Nothing, []));
        _socket.Reads.Enqueue((0, [22, 3]));

        Assert.Equal(2, await _stream.ReadAsync(new byte[8], TestContext.Current.CancellationToken));

        Assert.Equal((2, 22), (_socket.Waits, _stream.FirstByte));
    }

    /// <summary>A version follows the first byte: SslStream would wait for the rest of the record.</summary>
    [Fact]
    public async Task Read_DoesNotBeginLikeTls_IsAnEndForGood()
    {
        _socket.Reads.Enqueue((0, [0x99, 3, 1, 0x40, 0]));
        _socket.Reads.Enqueue((0, [22, 3, 1]));

        Assert.Equal(0, await _stream.ReadAsync(new byte[8], TestContext.Current.CancellationToken));
        Assert.Equal(0, await _stream.ReadAsync(new byte[8], TestContext.Current.CancellationToken));

        Assert.Equal((0x99, false), (_stream.FirstByte, _stream.HasEnded));
    }

    /// <summary>Every wait of a handshake goes through its pace, although bytes are there.</summary>
    [Fact]
    public async Task Read_InHandshake_RestsFirst()
    {
        var pace = new CountingPace();
        _stream.BeginHandshake(pace, bench: null, keepsFirst: false);
        _socket.Reads.Enqueue((LaneSocket.Nothing, []));
        _socket.Reads.Enqueue((0, [22]));

        Assert.Equal(1, await _stream.ReadAsync(new byte[8], TestContext.Current.CancellationToken));

        Assert.Equal((2, 2), (pace.Rests, _socket.Waits));
    }

    [Fact]
    public async Task Read_HandshakeLongerThanIsJudged_IsAnEnd()
    {
        _stream.BeginHandshake(new CountingPace(), bench: null, keepsFirst: false);
        var part = new byte[16 * 1024];
        part[0] = 22;
        for (var i = 0; i < 4; i++)
        {
            _socket.Reads.Enqueue((0, part));
        }

        var counts = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            counts.Add(await _stream.ReadAsync(new byte[part.Length], TestContext.Current.CancellationToken));
        }

        Assert.Equal([part.Length, part.Length, part.Length, 0], counts);
        Assert.True(_stream.HasSentTooMuch);
    }

    /// <summary>A short hello leaves no more room for a chain than a long one does.</summary>
    [Fact]
    public async Task Read_HelloIsAnswered_ChainHasABoundOfItsOwn()
    {
        _stream.BeginHandshake(new CountingPace(), bench: null, keepsFirst: false);
        var part = new byte[LaneStream.MostOfAnswer];
        part[0] = 22;
        _socket.Reads.Enqueue((0, [22, 3]));
        _socket.Reads.Enqueue((0, part));
        _socket.Reads.Enqueue((0, [22]));

        Assert.Equal(2, await _stream.ReadAsync(part, TestContext.Current.CancellationToken));
        _stream.CountAnew();
        Assert.Equal(part.Length, await _stream.ReadAsync(part, TestContext.Current.CancellationToken));
        Assert.False(_stream.HasSentTooMuch);

        Assert.Equal(0, await _stream.ReadAsync(part, TestContext.Current.CancellationToken));
        Assert.True(_stream.HasSentTooMuch);
    }

    [Fact]
    public async Task Read_AfterHandshake_IsNotBounded()
    {
        var pace = new CountingPace();
        _stream.BeginHandshake(pace, bench: null, keepsFirst: false);
        _stream.EndHandshake();
        _socket.Reads.Enqueue((0, [22]));

        Assert.Equal(1, await _stream.ReadAsync(new byte[8], TestContext.Current.CancellationToken));

        Assert.Equal((0, 0), (pace.Rests, _socket.Waits));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(LaneSocket.Failed, true)]
    public async Task Read_EndOrReset_IsAnEndAndIsTold(int result, bool failed)
    {
        _socket.Reads.Enqueue((result, []));

        Assert.Equal(0, await _stream.ReadAsync(new byte[8], TestContext.Current.CancellationToken));

        Assert.Equal((true, failed), (_stream.HasEnded, _stream.HasFailed));
    }

    [Fact]
    public async Task Write_PeerHasReset_Throws()
    {
        _socket.TakesBytes = false;

        await Assert.ThrowsAsync<IOException>(async () => await _stream.WriteAsync(new byte[8], TestContext.Current.CancellationToken));

        Assert.True(_stream.HasFailed);
    }
}
