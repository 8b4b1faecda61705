using System.Runtime.InteropServices;
using HaProxyNet.Closing;

namespace HaProxyNet.Relaying;

/// <summary>What a relay did, told once at its end.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="FirstFin">The side whose FIN came first, where the end was orderly.</param>
/// <param name="BytesIn">Bytes from the client that were given to the destination.</param>
/// <param name="BytesOut">Bytes from the destination that were given to the client.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RelayResult(ConnectionOutcome Outcome, RelaySide FirstFin, long BytesIn, long BytesOut);
