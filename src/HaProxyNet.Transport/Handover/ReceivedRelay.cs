namespace HaProxyNet.Transport.Handover;

/// <summary>A relay of another process, as the lane that is to go on with it keeps it.</summary>
internal class ReceivedRelay(HeldRelay relay)
{
    /// <summary>What is known of it by now.</summary>
    public HeldRelay Relay { get; set; } = relay;

    /// <summary>The client's socket; null: the lane has not prepared it.</summary>
    public TransportSocket? Client { get; set; }

    /// <summary>The destination's socket; null: the lane has not prepared it.</summary>
    public TransportSocket? Destination { get; set; }
}
