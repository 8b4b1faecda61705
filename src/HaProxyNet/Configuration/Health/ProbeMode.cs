namespace HaProxyNet.Configuration.Health;

/// <summary>
/// When a destination is probed. Real connects are evidence in every mode, and a probe more than that costs the agent nothing only if
/// nobody needs it.
/// </summary>
public enum ProbeMode
{
    /// <summary>
    /// Never: what clients meet is all that is known. A destination that is down and does not refuse is not found up again.
    /// </summary>
    Never,

    /// <summary>While it is down, until it accepts.</summary>
    WhenDown,

    /// <summary>
    /// While it is down, and when it has accepted nothing for an <c>Interval</c>. Under traffic there is no probe at all.
    /// </summary>
    WhenIdleOrDown,

    /// <summary>While it is down, and every <c>Interval</c>, whatever the traffic proves.</summary>
    Always,
}
