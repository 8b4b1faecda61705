namespace HaProxyNet.State;

/// <summary>Whether a destination can be given new connections.</summary>
public enum DestinationStatus
{
    /// <summary>It accepts, as far as is known.</summary>
    Up,

    /// <summary>It was seen to fail and is probed until it accepts.</summary>
    Down,
}
