using System.Buffers.Binary;
using System.Security.Cryptography;

namespace HaProxyNet.FunctionalTests.Fixture;

/// <summary>
/// Bytes that can be made again from a seed, of which no two blocks are alike: lost, repeated or swapped blocks change the hash.
/// </summary>
internal sealed class Payload(int seed, long length)
{
    private const int BlockSize = 64 * 1024;

    public long Length => length;

    /// <summary>The payload, block by block; the memory is used again for the next block.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Blocks()
    {
        var block = new byte[BlockSize];
        new Random(seed).NextBytes(block);
        for (var at = 0L; at < length; at += BlockSize)
        {
            BinaryPrimitives.WriteInt64LittleEndian(block, at);
            yield return block.AsMemory(0, (int)Math.Min(BlockSize, length - at));
        }
    }

    public byte[] ToArray() => [.. Blocks().SelectMany(b => b.ToArray())];

    public string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var block in Blocks())
        {
            hash.AppendData(block.Span);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
