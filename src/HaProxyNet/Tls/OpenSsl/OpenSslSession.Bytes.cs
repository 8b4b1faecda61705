using System.Runtime.CompilerServices;
using HaProxyNet.Tls.OpenSsl.Native;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Async;

namespace HaProxyNet.Tls.OpenSsl;

/// <content>The half that moves bytes: between the socket and the library, and between the library and the relay.</content>
internal abstract partial class OpenSslSession
{
    /// <summary>What one record holds (RFC 8446, 5.1).</summary>
    private const int RecordSize = 16 * 1024;

    /// <summary>
    /// The most that a peer may send without a byte of data in it: a handshake with a long chain, then tickets and changes of keys. A peer
    /// that sends more keeps the library, and with it the lane, busy with nothing.
    /// </summary>
    private const int MostWithoutData = 256 * 1024;

    /// <summary>There is no end yet.</summary>
    private const int NoEnd = 1;

    /// <summary>The first byte that came; below zero: none did.</summary>
    private int _firstByte = -1;

    /// <summary>What every read says from now on: 0, <see cref="RelayEnd.Reset"/> or <see cref="RelayEnd.Broken"/>.</summary>
    private int _end = NoEnd;

    /// <summary>The last read has found neither a record nor anything on the socket: a wait has to wait for the socket.</summary>
    private bool _isDrained;

    /// <summary>Another record follows the one that is written.</summary>
    private bool _moreFollows;
    private int _withoutData;
    private bool _hasFailed;
    private bool _finished;

    /// <summary>Whether the peer has sent its FIN or has reset.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Takes bytes from the socket for the library.</summary>
    public int Receive(Span<byte> into)
    {
        var count = socket.TryRead(into);
        if (count > 0)
        {
            if ((_withoutData += count) > MostWithoutData)
            {
                return Reset;
            }

            if (_firstByte < 0 && !HandshakeFaults.IsTls(_firstByte = into[0]))
            {
                return Reset;
            }
        }
        else if (count != Nothing)
        {
            HasEnded = true;
            _hasFailed |= count < 0 || socket.HasFailed;
        }

        return count;
    }

    /// <summary>Gives bytes of the library to the socket: what it took, or <see cref="RelayEnd.Nothing"/> when there is no room.</summary>
    public int Send(ReadOnlySpan<byte> data)
    {
        var sent = socket.TrySend(data, _moreFollows);
        if (sent < 0)
        {
            HasEnded = _hasFailed = true;
        }

        return sent == 0 ? Nothing : sent;
    }

    public override ValueTask WaitReadableAsync() => _isDrained && _end == NoEnd ? socket.WaitReadableAsync() : ValueTask.CompletedTask;

    /// <summary>As many records as there are and fit. What is behind an end was not sent by the peer.</summary>
    public override ValueTask<int> ReadAsync(Memory<byte> into)
    {
        var count = 0;
        while (_end == NoEnd && count < into.Length && TryRead(into.Span[count..]) is var read and > 0)
        {
            count += read;
        }

        return new(count > 0 ? count : _end == NoEnd ? Nothing : _end);
    }

    public override ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> data)
    {
        var written = TryWrite(data.Span);
        return written < 0 ? new(false) : written == data.Length ? new(true) : WriteRestAsync(data[written..]);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask ShutdownSendAsync()
    {
        if (_finished)
        {
            return;
        }

        _finished = true;
        while (TryShutdown() == SslNumbers.ErrorWantWrite)
        {
            await socket.WaitWritableAsync();
        }

        socket.ShutdownSend();
    }

    /// <summary>
    /// One record, or 0: there is nothing, or the end has come. A read never wants to write: the library keeps its answer to a change of
    /// keys (RFC 8446, 4.6.3) for the next write. One that finds nothing frees the library's buffer.
    /// </summary>
    private unsafe int TryRead(Span<byte> into)
    {
        Enter();
        int count;
        fixed (byte* start = into)
        {
            count = LibSsl.Read(_ssl, start, into.Length);
        }

        _isDrained = count <= 0;
        if (count > 0)
        {
            _withoutData = 0;
            return count;
        }

        var error = LibSsl.GetError(_ssl, count);
        Alert = error is SslNumbers.ErrorSsl ? TlsAlerts.OfReason(SslErrors.Reason) : null;
        _end = error switch
        {
            SslNumbers.ErrorWantRead => NoEnd,
            _ when _hasFailed => Reset,

            // FIN in the middle of a record leaves its beginning behind.
            SslNumbers.ErrorZeroReturn => HasEnded && LibSsl.HasPending(_ssl) != 0 ? Broken : 0,
            _ => Broken,
        };
        return 0;
    }

    /// <summary>
    /// What the library took: all, or less when there is no room; below zero when the peer has reset or the session is broken.
    /// </summary>
    private unsafe int TryWrite(ReadOnlySpan<byte> data)
    {
        var written = 0;
        while (written < data.Length)
        {
            if (_ssl == 0 || _hasFailed || _end == Broken)
            {
                return Reset;
            }

            var record = data.Slice(written, Math.Min(RecordSize, data.Length - written));
            _moreFollows = written + record.Length < data.Length;
            Enter();
            int count;
            fixed (byte* start = record)
            {
                count = LibSsl.Write(_ssl, start, record.Length);
            }

            _moreFollows = false;
            if (count <= 0)
            {
                return LibSsl.GetError(_ssl, count) is SslNumbers.ErrorWantWrite ? written : Reset;
            }

            written += count;
        }

        return written;
    }

    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    private async ValueTask<bool> WriteRestAsync(ReadOnlyMemory<byte> data)
    {
        while (data.Length > 0)
        {
            await socket.WaitWritableAsync();
            var written = TryWrite(data.Span);
            if (written < 0)
            {
                return false;
            }

            data = data[written..];
        }

        return true;
    }

    /// <summary>Sends close_notify; not after a fault, for then the library has sent an alert.</summary>
    private int TryShutdown()
    {
        if (_ssl == 0 || _hasFailed || _end == Broken)
        {
            return SslNumbers.ErrorNone;
        }

        Enter();
        var result = LibSsl.Shutdown(_ssl);
        return result < 0 ? LibSsl.GetError(_ssl, result) : SslNumbers.ErrorNone;
    }
}
