namespace HaProxyNet.Transport;

/// <summary>The boundaries of an engine: what is thrown there ends that one piece of work.</summary>
internal enum LanePlace
{
    /// <summary>One event of a lane: a socket that is ready.</summary>
    Event,

    /// <summary>One timer of a lane.</summary>
    Timer,

    /// <summary>One piece of work that was posted to a lane.</summary>
    Work,

    /// <summary>The accept loop of a listener.</summary>
    Accept,
}
