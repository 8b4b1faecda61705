using HaProxyNet.Connecting;
using HaProxyNet.State;

namespace HaProxyNet.Management;

/// <summary>What is behind the one word for why a destination is down.</summary>
internal static class ReasonDetail
{
    /// <summary>Why the TLS handshake with it fails, while it is down for that; none otherwise.</summary>
    public static string? Of(Destination destination)
        => destination.Condition is { State: DestinationStatus.Down } condition && condition.Reason == ConnectStatus.TlsFailed.Label()
            && destination.HandshakeFault is { Length: > 0 } fault
            ? fault
            : null;
}
