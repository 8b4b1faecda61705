namespace HaProxyNet.Vocabulary;

/// <summary>Whether a destination can be given new connections.</summary>
public enum DestinationStatus
{
    /// <summary>It accepts, as far as is known.</summary>
    Up,

    /// <summary>It has not answered in time for a hedge; others are tried first until it has answered or failed.</summary>
    Suspect,

    /// <summary>It was seen to fail and is probed until it accepts.</summary>
    Down,

    /// <summary>An operator has taken it out: no new connections, and those that are open go on.</summary>
    Draining,

    /// <summary>An operator has taken it out: no new connections and no probes.</summary>
    Disabled,
}
