using System.Buffers;

namespace HaProxyNet.Simulator.Framing;

/// <summary>
/// Collects one frame from a stream, read by read, so that its owner sees when the first byte came and where it ended. Not thread-safe.
/// </summary>
internal sealed class FrameReader(Stream stream, int maxLength) : IDisposable
{
    private const int InitialBuffer = 16 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialBuffer);

    /// <summary>Bytes received so far, header included.</summary>
    public int Received { get; private set; }

    /// <summary>The whole frame is there; <see cref="Content"/> may be read until the reader is disposed.</summary>
    public bool IsComplete { get; private set; }

    public ReadOnlyMemory<byte> Content => _buffer.AsMemory(FrameCodec.HeaderLength, Received - FrameCodec.HeaderLength);

    /// <summary>Waits for more bytes; false at the end of the stream.</summary>
    /// <exception cref="FrameFormatException">What came is no frame.</exception>
    public async ValueTask<bool> ReadMoreAsync(CancellationToken cancellationToken)
    {
        var count = await stream.ReadAsync(_buffer.AsMemory(Received), cancellationToken);
        if (count == 0)
        {
            return false;
        }

        Received += count;
        IsComplete = FrameCodec.TryDecode(_buffer.AsSpan(0, Received), out _, maxLength);
        if (!IsComplete && FrameCodec.TryReadLength(_buffer.AsSpan(0, Received), out var length, maxLength))
        {
            MakeRoomFor(FrameCodec.HeaderLength + length);
        }

        return true;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void MakeRoomFor(int frameLength)
    {
        // One byte more than the frame: what follows it is a fault that should be seen.
        if (_buffer.Length > frameLength)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(frameLength + 1);
        _buffer.AsSpan(0, Received).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
