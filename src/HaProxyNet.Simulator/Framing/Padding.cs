using System.Buffers;
using System.Xml;

namespace HaProxyNet.Simulator.Framing;

/// <summary>
/// The filling of messages: a fixed sequence in which no short stretch repeats soon, so that bytes lost, doubled or moved on the way are
/// noticed.
/// </summary>
internal static class Padding
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    // A prime length, so that no power-of-two displacement goes unseen.
    private static readonly char[] _sequence = CreateSequence(32_749);

    public static void Write(XmlWriter writer, int size)
    {
        while (size > 0)
        {
            var count = Math.Min(size, _sequence.Length);
            writer.WriteChars(_sequence, 0, count);
            size -= count;
        }
    }

    /// <summary>Reads the text of the element that the reader stands on; returns its length.</summary>
    /// <exception cref="FrameFormatException">The text differs from what was sent.</exception>
    public static int Read(XmlReader reader)
    {
        if (reader.IsEmptyElement)
        {
            return 0;
        }

        var chunk = ArrayPool<char>.Shared.Rent(4096);
        var size = 0;
        while (reader.Read() && reader.NodeType is XmlNodeType.Text)
        {
            int count;
            while ((count = reader.ReadValueChunk(chunk, 0, chunk.Length)) > 0)
            {
                Check(chunk.AsSpan(0, count), size);
                size += count;
            }
        }

        ArrayPool<char>.Shared.Return(chunk);
        return size;
    }

    private static void Check(ReadOnlySpan<char> received, int offset)
    {
        while (!received.IsEmpty)
        {
            var expected = _sequence.AsSpan(offset % _sequence.Length);
            var count = Math.Min(expected.Length, received.Length);
            var same = expected[..count].CommonPrefixLength(received[..count]);
            if (same < count)
            {
                throw new FrameFormatException(
                    $"the padding differs at character {offset + same}: '{received[same]}' came, '{expected[same]}' was sent");
            }

            received = received[count..];
            offset += count;
        }
    }

    private static char[] CreateSequence(int length)
    {
        var sequence = new char[length];
        var state = 1u;
        for (var i = 0; i < length; i++)
        {
            // A linear congruential generator's upper bits (multiplier and increment: Numerical Recipes).
            state = unchecked((state * 1_664_525) + 1_013_904_223);
            sequence[i] = Alphabet[(int)(state >> 26)];
        }

        return sequence;
    }
}
