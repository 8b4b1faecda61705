namespace HaProxyNet.Transport;

/// <summary>Why a look at a client's first bytes ended.</summary>
internal enum PeekEnd
{
    /// <summary>There are bytes.</summary>
    Bytes,

    /// <summary>The client has sent its FIN; no more bytes will come.</summary>
    Fin,

    /// <summary>
    /// An urgent byte stands behind what was copied: no look gets past it before that was read. What comes behind it cannot be seen.
    /// </summary>
    Urgent,

    /// <summary>The client has reset.</summary>
    Gone,

    /// <summary>Nothing came in time.</summary>
    TimedOut,

    /// <summary>The connection was asked to end.</summary>
    Aborted,
}
