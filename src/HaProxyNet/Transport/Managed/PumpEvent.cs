namespace HaProxyNet.Transport.Managed;

/// <summary>Why a pump stopped moving bytes.</summary>
internal enum PumpEvent
{
    /// <summary>The sender has nothing more at the moment.</summary>
    Drained,

    /// <summary>The sender has sent its FIN, and all before it was delivered.</summary>
    Fin,

    /// <summary>The sender has reset, and all before it was delivered.</summary>
    SenderReset,

    /// <summary>The receiver has reset: what was read could not be delivered.</summary>
    ReceiverReset,
}
