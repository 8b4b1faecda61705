using System.Runtime.InteropServices;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Health.Methods;

/// <summary>What one address of a destination has answered.</summary>
/// <param name="Result">How the probe ended.</param>
/// <param name="Handshake">How its TLS handshake failed; null: it did not fail, or there was none.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ProbeAnswer(ProbeResult Result, HandshakeResult? Handshake = null)
{
    /// <summary>
    /// What two addresses say together: one that serves is enough; else the one that came further, whatever its place in the list. What
    /// this machine could not try says the least.
    /// </summary>
    public static ProbeAnswer Stronger(ProbeAnswer one, ProbeAnswer other) => Strength(other.Result) > Strength(one.Result) ? other : one;

    private static int Strength(ProbeResult result) => result switch
    {
        ProbeResult.Success => 9,
        ProbeResult.WrongStatus => 8,
        ProbeResult.BadAnswer => 7,
        ProbeResult.TlsFailed => 6,
        ProbeResult.Closed => 5,
        ProbeResult.Refused => 4,
        ProbeResult.Reset => 3,
        ProbeResult.TimedOut => 2,
        ProbeResult.Unreachable or ProbeResult.Loop => 1,
        _ => 0,
    };
}
