using HaProxyNet.State;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Management;

/// <summary>What is behind the one word for why a destination is down.</summary>
internal static class ReasonDetail
{
    /// <summary>What is to be said of a destination that is down, besides that word; null: nothing.</summary>
    public static string? Of(Destination destination) => destination.Condition switch
    {
        { State: DestinationStatus.Down, Reason: HealthReason.Loop } => "its address leads back to a listener of this proxy",
        { State: DestinationStatus.Down, Reason: HealthReason.Tls } when destination.HandshakeFault is { Length: > 0 } fault => fault,
        _ => null,
    };
}
