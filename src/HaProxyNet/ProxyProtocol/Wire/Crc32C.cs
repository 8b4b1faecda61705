using System.Buffers.Binary;
using System.Numerics;

namespace HaProxyNet.ProxyProtocol.Wire;

/// <summary>The checksum of RFC 4960, appendix B (Castagnoli). Pure.</summary>
internal static class Crc32C
{
    /// <summary>The checksum of a header, with zero in the four bytes that hold it.</summary>
    /// <param name="before">What stands before those.</param>
    /// <param name="behind">What stands behind them.</param>
    public static uint Of(ReadOnlySpan<byte> before, ReadOnlySpan<byte> behind)
        => ~Add(BitOperations.Crc32C(Add(uint.MaxValue, before), 0u), behind);

    private static uint Add(uint checksum, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            checksum = BitOperations.Crc32C(checksum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var value in bytes)
        {
            checksum = BitOperations.Crc32C(checksum, value);
        }

        return checksum;
    }
}
