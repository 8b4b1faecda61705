using System.Collections.Frozen;
using System.Runtime.InteropServices;

namespace HaProxyNet.Upgrading.Wire;

/// <summary>A set of numbers as a payload. Pure.</summary>
internal static class HandoverNumbers
{
    /// <summary>Writes them.</summary>
    public static byte[] Write(IReadOnlyList<int> numbers) => MemoryMarshal.AsBytes<int>(numbers.ToArray()).ToArray();

    /// <summary>Reads them.</summary>
    /// <exception cref="HandoverException">It is no list of numbers.</exception>
    public static IReadOnlySet<int> Read(byte[] payload) => payload.Length % sizeof(int) == 0
        ? MemoryMarshal.Cast<byte, int>(payload).ToArray().ToFrozenSet()
        : throw new HandoverException("a list of numbers was cut");
}
