using System.Buffers;
using System.Runtime.CompilerServices;
using HaProxyNet.Tls.Certificates.Peers;
using HaProxyNet.Tls.Hello;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Transport;

namespace HaProxyNet.Tls.SslStreams;

/// <content>
/// The stream during a handshake: every wait goes through its pace, what comes is bounded, and where the peer's chain is judged within
/// <see cref="System.Net.Security.SslStream"/>, that is done off the lane. The socket is the lane's: it is only touched there.
/// </content>
internal sealed partial class LaneStream
{
    /// <summary>
    /// The most that a peer may send in its handshake: a hello of 16 KB and a chain of 32 KB. SslStream parses and judges what it is given,
    /// and each certificate costs a tenth of a millisecond and more.
    /// </summary>
    public const int MostInHandshake = HelloParser.LongestMessage + ChainLimits.MostBytes;

    /// <summary>What a client may send after its hello was answered: its chain, and what goes with it.</summary>
    public const int MostOfAnswer = ChainLimits.MostBytes + 2048;

    private IHandshakePace? _pace;
    private JudgesBench? _bench;
    private ArrayBufferWriter<byte>? _first;
    private bool _isFirstAnswered;
    private int _received;

    /// <summary>The peer has sent more than a handshake may have.</summary>
    public bool HasSentTooMuch => _received > MostInHandshake || (_isFirstAnswered && _received > MostOfAnswer);

    /// <summary>A handshake begins. On the lane.</summary>
    /// <param name="pace">Every wait goes through it.</param>
    /// <param name="bench">Where the peer's chain is judged; null when it is not asked for one.</param>
    /// <param name="keepsFirst">Whether <see cref="TakeFirst"/> will ask for what the peer sent first.</param>
    public void BeginHandshake(IHandshakePace pace, JudgesBench? bench, bool keepsFirst)
        => (_pace, _bench, _first) = (pace, bench, keepsFirst ? new() : null);

    /// <summary>What has come from the peer so far; nothing more is kept from now on.</summary>
    public ReadOnlySpan<byte> TakeFirst()
    {
        var first = _first;
        _first = null;
        return first is null ? [] : first.WrittenSpan;
    }

    /// <summary>A client's hello is answered: what it sends from here on is counted from nothing.</summary>
    public void CountAnew() => (_isFirstAnswered, _received) = (true, 0);

    /// <summary>The handshake is over. Any thread.</summary>
    public void EndHandshake() => (_pace, _first) = (null, null);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReadInHandshakeAsync(Memory<byte> buffer, IHandshakePace pace)
    {
        await socket.ReturnAsync();
        var count = LaneSocket.Nothing;
        while (count == LaneSocket.Nothing)
        {
            await pace.RestAsync(socket.WaitReadableAsync());
            count = buffer.Length == 0 ? 0 : socket.TryRead(buffer.Span);
        }

        if (buffer.Length > 0)
        {
            count = Note(count, buffer.Span);
            _received += count;
            _first?.Write(buffer.Span[..count]);
            if (_bench is not null)
            {
                // Hops are awaited where they are needed, and not in a method of their own: that may have ended before it is awaited.
                await _bench.SitDownAsync();
            }
        }

        return HasSentTooMuch ? 0 : count;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WriteInHandshakeAsync(ReadOnlyMemory<byte> buffer, IHandshakePace pace)
    {
        await socket.ReturnAsync();
        var sending = socket.SendAsync(buffer).AsTask();
        await pace.RestAsync(new ValueTask(sending));
        if (!await sending)
        {
            throw Failure();
        }

        if (_bench is not null)
        {
            // What SslStream does next may be to judge a chain that is there already.
            await _bench.SitDownAsync();
        }
    }
}
