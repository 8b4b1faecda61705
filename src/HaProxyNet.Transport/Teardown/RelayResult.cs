using System.Runtime.InteropServices;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport.Teardown;

/// <summary>What a relay did, told once at its end.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="By">The side whose FIN came first, where the end was orderly; the side that vanished, where one did.</param>
/// <param name="BytesIn">Bytes from the client that were given to the destination.</param>
/// <param name="BytesOut">Bytes from the destination that were given to the client.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RelayResult(ConnectionOutcome Outcome, RelaySide By, long BytesIn, long BytesOut)
{
    /// <summary>What is said of acknowledged bytes where nobody knows.</summary>
    public const long Unknown = -1;

    /// <summary>
    /// Of <see cref="BytesIn"/>, those that the destination's system has acknowledged; below zero: not asked, or unknown.
    /// </summary>
    public long AckedIn { get; init; } = Unknown;

    /// <summary>Of <see cref="BytesOut"/>, those that the client's system has acknowledged; below zero: not asked, or unknown.</summary>
    public long AckedOut { get; init; } = Unknown;
}
