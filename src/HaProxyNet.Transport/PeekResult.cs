using System.Runtime.InteropServices;

namespace HaProxyNet.Transport;

/// <summary>What a look at a client's first bytes has found.</summary>
/// <param name="End">Why it ended.</param>
/// <param name="Count">How many bytes were copied. They are still to be read.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PeekResult(PeekEnd End, int Count);
