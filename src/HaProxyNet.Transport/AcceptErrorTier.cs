namespace HaProxyNet.Transport;

/// <summary>What an error of accept(2) means for the listener.</summary>
internal enum AcceptErrorTier
{
    /// <summary>This one connection failed (it was reset in the backlog, for example): accept the next.</summary>
    Transient,

    /// <summary>Descriptors or memory ran out: serve what is open, and try again after a pause.</summary>
    ResourcePressure,

    /// <summary>The listening socket is of no use any more.</summary>
    Fatal,
}
