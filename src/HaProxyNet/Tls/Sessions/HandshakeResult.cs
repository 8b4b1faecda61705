using System.Runtime.InteropServices;

namespace HaProxyNet.Tls.Sessions;

/// <summary>The end of a handshake, for metrics and for operators.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Words">What was wrong, in words for the log; empty when it succeeded. Never a secret, never a stack trace.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct HandshakeResult(HandshakeStatus Status, string Words)
{
    public static HandshakeResult Success { get; } = new(HandshakeStatus.Success, "");
}
