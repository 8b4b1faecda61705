namespace HaProxyNet.Transport.Teardown;

/// <summary>Why a pump, which moves bytes from a sender to a receiver, stopped for now or for good.</summary>
internal enum PumpEvent
{
    /// <summary>The sender has nothing more at the moment.</summary>
    Drained,

    /// <summary>The receiver has no room at the moment; nothing more is read from the sender until it has.</summary>
    Blocked,

    /// <summary>There is more, but other connections have their turn first.</summary>
    ShareUsed,

    /// <summary>The sender has sent its FIN, and all before it was delivered.</summary>
    Fin,

    /// <summary>The sender has reset, and all before it was delivered.</summary>
    SenderReset,

    /// <summary>The receiver has reset: what was read could not be delivered.</summary>
    ReceiverReset,
}
