using System.Runtime.InteropServices;

namespace HaProxyNet.StressTests;

/// <summary>What a run found.</summary>
/// <param name="Connections">Connections whose life was played to its end.</param>
/// <param name="Bytes">Bytes that arrived and were compared, at both ends.</param>
/// <param name="Mismatches">Reads whose bytes were not those that were sent.</param>
/// <param name="WrongEnds">Ends that do not follow from what the other side did, and lives that did not end.</param>
/// <param name="Leaks">Descriptors and connections that were left.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StressResult(long Connections, long Bytes, long Mismatches, long WrongEnds, long Leaks)
{
    /// <summary>Whether nothing was wrong.</summary>
    public bool IsGood => Connections > 0 && Mismatches == 0 && WrongEnds == 0 && Leaks == 0;

    /// <summary>The sum of two runs.</summary>
    public static StressResult operator +(StressResult one, StressResult other)
        => new(
            one.Connections + other.Connections,
            one.Bytes + other.Bytes,
            one.Mismatches + other.Mismatches,
            one.WrongEnds + other.WrongEnds,
            one.Leaks + other.Leaks);

    /// <inheritdoc/>
    public override string ToString()
        => $"connections={Connections} bytes={Bytes} mismatches={Mismatches} wrong_ends={WrongEnds} leaks={Leaks}";
}
