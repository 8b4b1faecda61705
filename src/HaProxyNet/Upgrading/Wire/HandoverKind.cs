namespace HaProxyNet.Upgrading.Wire;

/// <summary>What two processes tell each other while one takes over from the other. The numbers are the wire's.</summary>
internal enum HandoverKind : byte
{
    /// <summary>The old process offers its listening sockets: the first message.</summary>
    Offer = 1,

    /// <summary>The new process is starting and works.</summary>
    Alive = 2,

    /// <summary>The new process could serve now.</summary>
    Ready = 3,

    /// <summary>What the old process knows of clusters and destinations.</summary>
    State = 4,

    /// <summary>Open connections with their sockets. They are still the old process's, which may go on to move their bytes.</summary>
    Relays = 5,

    /// <summary>
    /// Everything that was sent is the new process's when it has said <see cref="Serving"/>, except connections that have ended since.
    /// </summary>
    Commit = 6,

    /// <summary>The new process has taken over, and moves bytes after this message, not before. It names what it could not take.</summary>
    Serving = 7,

    /// <summary>The admin endpoint and the control socket are free.</summary>
    Released = 8,

    /// <summary>The old process's metrics: counters go on from there.</summary>
    Metrics = 9,

    /// <summary>The connections that the old process still has, and those of processes before it.</summary>
    Report = 10,

    /// <summary>The new process is to make all ready for the connections that were sent, and to say so.</summary>
    Prepare = 11,

    /// <summary>All is ready. It names the connections that the new process cannot take: those never stand still.</summary>
    Prepared = 12,

    /// <summary>What has happened on connections since they were sent. They stand still now.</summary>
    Changed = 13,
}
