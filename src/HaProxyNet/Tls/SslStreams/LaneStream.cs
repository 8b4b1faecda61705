using System.Runtime.CompilerServices;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Async;

namespace HaProxyNet.Tls.SslStreams;

/// <summary>
/// What <see cref="System.Net.Security.SslStream"/> reads from and writes to: a connection's socket, without a buffer between. A read into
/// nothing waits for bytes and takes none. A reset reads as an end of data, for an exception would cost more; <see cref="HasFailed"/>
/// tells. What does not begin like TLS reads as one, too.
/// </summary>
internal sealed partial class LaneStream(LaneSocket socket) : AsyncStream
{
    /// <summary>The first byte that came; below zero: none did.</summary>
    public int FirstByte { get; private set; } = -1;

    /// <summary>Whether the peer has sent its FIN or has reset.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Whether the peer has reset.</summary>
    public bool HasFailed { get; private set; }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_pace is not null)
        {
            return ReadInHandshakeAsync(buffer, _pace);
        }

        if (buffer.Length > 0 && socket.TryRead(buffer.Span) is var count and not LaneSocket.Nothing)
        {
            return new(Note(count, buffer.Span));
        }

        return WaitAndReadAsync(buffer);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_pace is not null)
        {
            return WriteInHandshakeAsync(buffer, _pace);
        }

        var sending = socket.SendAsync(buffer);
        if (!sending.IsCompletedSuccessfully)
        {
            return FinishAsync(sending);
        }

        return sending.Result ? ValueTask.CompletedTask : ValueTask.FromException(Failure());
    }

    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    private async ValueTask<int> WaitAndReadAsync(Memory<byte> buffer)
    {
        while (true)
        {
            await socket.WaitReadableAsync();
            if (buffer.Length == 0)
            {
                return 0;
            }

            if (socket.TryRead(buffer.Span) is var count and not LaneSocket.Nothing)
            {
                return Note(count, buffer.Span);
            }
        }
    }

    private int Note(int count, ReadOnlySpan<byte> bytes)
    {
        if (count <= 0)
        {
            HasEnded = true;
            HasFailed |= count < 0 || socket.HasFailed;
            return 0;
        }

        if (FirstByte < 0)
        {
            FirstByte = bytes[0];
        }

        return HandshakeFaults.IsTls(FirstByte) ? count : 0;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FinishAsync(ValueTask<bool> sending)
    {
        if (!await sending)
        {
            throw Failure();
        }
    }

    private IOException Failure()
    {
        HasEnded = HasFailed = true;
        return new IOException("The peer has reset the connection.");
    }
}
