using System.Runtime.InteropServices;
using HaProxyNet.State;

namespace HaProxyNet.Connecting;

/// <summary>How long an attempt is waited for before the next one begins as well; zero: until it ends.</summary>
/// <param name="Accept">Until the destination accepts.</param>
/// <param name="Handshake">After that, until the TLS handshake with it is through.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Patience(TimeSpan Accept, TimeSpan Handshake)
{
    /// <summary>With a destination that answered as it did so far.</summary>
    public static Patience With(Destination destination, HedgePolicy hedge)
        => new(hedge.After(destination.AcceptTimes), hedge.AfterHandshake(destination.HandshakeTimes));

    /// <summary>Where another address of the same destination comes next.</summary>
    public Patience BeforeNextAddress() => new(AddressOrder.DelayBefore(Accept), AddressOrder.DelayBefore(Handshake));
}
