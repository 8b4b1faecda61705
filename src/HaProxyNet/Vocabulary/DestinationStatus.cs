namespace HaProxyNet.Vocabulary;

/// <summary>Whether a destination can be given new connections.</summary>
internal enum DestinationStatus
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

/// <summary>The words for destination states.</summary>
internal static class DestinationStates
{
    /// <summary>The label in metrics, logs and commands.</summary>
    public static string Label(this DestinationStatus state) => state switch
    {
        DestinationStatus.Up => "up",
        DestinationStatus.Suspect => "suspect",
        DestinationStatus.Down => "down",
        DestinationStatus.Draining => "draining",
        DestinationStatus.Disabled => "disabled",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>Whether it can be given new connections.</summary>
    public static bool CanBeGivenConnections(this DestinationStatus state) => state is DestinationStatus.Up or DestinationStatus.Suspect;

    /// <summary>What the operator decided goes before what was seen.</summary>
    public static DestinationStatus Under(this DestinationStatus health, Maintenance maintenance) => maintenance switch
    {
        Maintenance.Draining => DestinationStatus.Draining,
        Maintenance.Disabled => DestinationStatus.Disabled,
        _ => health,
    };
}
