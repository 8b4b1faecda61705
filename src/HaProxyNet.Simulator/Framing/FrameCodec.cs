using System.Buffers.Binary;

namespace HaProxyNet.Simulator.Framing;

/// <summary>
/// The simulator's own framing, the same in both directions: a length (4 bytes, big-endian, without itself), then so many bytes of
/// UTF-8 XML. One frame a direction and connection. Pure functions, safe on any thread.
/// </summary>
public static class FrameCodec
{
    /// <summary>Bytes of the length in front of the content.</summary>
    public const int HeaderLength = sizeof(uint);

    /// <summary>The largest content taken by default, in bytes: 16 MiB, well above the largest reply (1 MB).</summary>
    public const int DefaultMaxLength = 16 * 1024 * 1024;

    /// <summary>
    /// Writes the length of the content that follows it in <paramref name="frame"/>, which begins with <see cref="HeaderLength"/> bytes of
    /// room.
    /// </summary>
    /// <exception cref="FrameFormatException">The content is empty or longer than <paramref name="maxLength"/>.</exception>
    public static void WriteHeader(Span<byte> frame, int maxLength = DefaultMaxLength)
    {
        CheckLength(Math.Max(0L, frame.Length - HeaderLength), maxLength);
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)(frame.Length - HeaderLength));
    }

    /// <summary>A frame around <paramref name="content"/>.</summary>
    /// <exception cref="FrameFormatException">The content is empty or longer than <paramref name="maxLength"/>.</exception>
    public static byte[] Encode(ReadOnlySpan<byte> content, int maxLength = DefaultMaxLength)
    {
        var frame = new byte[HeaderLength + content.Length];
        content.CopyTo(frame.AsSpan(HeaderLength));
        WriteHeader(frame, maxLength);
        return frame;
    }

    /// <summary>
    /// Reads the length that <paramref name="received"/> begins with: the content's bytes, header not counted.
    /// False while fewer than <see cref="HeaderLength"/> bytes are there.
    /// </summary>
    /// <exception cref="FrameFormatException">The length is 0 or above <paramref name="maxLength"/>: this is no frame of ours.</exception>
    public static bool TryReadLength(ReadOnlySpan<byte> received, out int length, int maxLength = DefaultMaxLength)
    {
        length = 0;
        if (received.Length < HeaderLength)
        {
            return false;
        }

        var announced = BinaryPrimitives.ReadUInt32BigEndian(received);
        CheckLength(announced, maxLength);
        length = (int)announced;
        return true;
    }

    /// <summary>Takes the content out of <paramref name="received"/>; false while the frame is not complete.</summary>
    /// <exception cref="FrameFormatException">The length is not allowed, or bytes follow the one frame of a direction.</exception>
    public static bool TryDecode(ReadOnlySpan<byte> received, out ReadOnlySpan<byte> content, int maxLength = DefaultMaxLength)
    {
        content = default;
        if (!TryReadLength(received, out var length, maxLength) || received.Length - HeaderLength < length)
        {
            return false;
        }

        if (received.Length - HeaderLength > length)
        {
            throw new FrameFormatException(
                $"{received.Length - HeaderLength - length} bytes follow the frame; one frame a direction is allowed");
        }

        content = received.Slice(HeaderLength, length);
        return true;
    }

    private static void CheckLength(long length, int maxLength)
    {
        if (length == 0 || length > maxLength)
        {
            throw new FrameFormatException($"the frame's length is {length} bytes; 1 to {maxLength} are allowed");
        }
    }
}
