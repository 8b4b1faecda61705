using System.Collections.Frozen;
using System.Runtime.InteropServices;

namespace HaProxyNet.Upgrading.Wire;

/// <summary>Numbers of connections as a payload. Pure.</summary>
internal static class HandoverNumbers
{
    /// <summary>Writes them.</summary>
    public static byte[] Write(IReadOnlyList<long> numbers) => MemoryMarshal.AsBytes<long>(numbers.ToArray()).ToArray();

    /// <summary>Reads them as a set.</summary>
    /// <exception cref="HandoverException">It is no list of numbers.</exception>
    public static IReadOnlySet<long> ReadSet(byte[] payload) => Read(payload).ToFrozenSet();

    /// <summary>Reads them in their order.</summary>
    /// <exception cref="HandoverException">It is no list of numbers.</exception>
    public static long[] Read(byte[] payload) => payload.Length % sizeof(long) == 0
        ? MemoryMarshal.Cast<byte, long>(payload).ToArray()
        : throw new HandoverException("a list of numbers was cut");
}
