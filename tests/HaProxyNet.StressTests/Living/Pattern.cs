namespace HaProxyNet.StressTests.Living;

/// <summary>
/// The bytes that one side of one connection sends: each follows from the connection's number, the side and the offset. The length of the
/// table is a prime above 64 KB, so that lost, repeated or swapped blocks do not look like the right ones.
/// </summary>
internal readonly struct Pattern
{
    private const int Length = 65_537;

    private static readonly byte[] _table = MakeTable();

    private readonly int _start;

    /// <summary>The pattern of this side of this connection.</summary>
    public Pattern(long number, bool client) => _start = (int)((((number * 2) + (client ? 1 : 0)) * 7919) % Length);

    /// <summary>Writes the bytes from an offset on.</summary>
    public void Fill(Span<byte> bytes, long offset)
    {
        while (bytes.Length > 0)
        {
            var part = From(offset, bytes.Length);
            part.CopyTo(bytes);
            bytes = bytes[part.Length..];
            offset += part.Length;
        }
    }

    /// <summary>Whether these are the bytes from an offset on.</summary>
    public bool Matches(ReadOnlySpan<byte> bytes, long offset)
    {
        while (bytes.Length > 0)
        {
            var part = From(offset, bytes.Length);
            if (!part.SequenceEqual(bytes[..part.Length]))
            {
                return false;
            }

            bytes = bytes[part.Length..];
            offset += part.Length;
        }

        return true;
    }

    private ReadOnlySpan<byte> From(long offset, int most)
    {
        var at = (int)((_start + offset) % Length);
        return _table.AsSpan(at, Math.Min(most, Length - at));
    }

    private static byte[] MakeTable()
    {
        var table = new byte[Length];
        new Random(20_25).NextBytes(table);
        return table;
    }
}
