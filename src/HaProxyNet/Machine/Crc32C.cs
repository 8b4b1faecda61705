using System.Buffers.Binary;
using System.Numerics;

namespace HaProxyNet.Machine;

/// <summary>
/// The checksum of RFC 4960, appendix B (Castagnoli): finds what was cut or changed by accident. The runtime does it by the processor's own
/// instruction; a digest would load OpenSSL (5 MB and some milliseconds of the start). Pure.
/// </summary>
internal static class Crc32C
{
    /// <summary>The checksum of one piece.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => ~Add(uint.MaxValue, bytes);

    /// <summary>The checksum of two pieces, one behind the other.</summary>
    public static uint Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => ~Add(Add(uint.MaxValue, first), second);

    /// <summary>The checksum of what has four bytes between two pieces that hold the checksum itself, and count as zero.</summary>
    public static uint Around(ReadOnlySpan<byte> before, ReadOnlySpan<byte> behind)
        => ~Add(BitOperations.Crc32C(Add(uint.MaxValue, before), 0u), behind);

    private static uint Add(uint checksum, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            checksum = BitOperations.Crc32C(checksum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var value in bytes)
        {
            checksum = BitOperations.Crc32C(checksum, value);
        }

        return checksum;
    }
}
