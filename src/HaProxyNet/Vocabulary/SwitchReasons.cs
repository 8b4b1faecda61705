namespace HaProxyNet.Vocabulary;

/// <summary>
/// The labels for why the active destination of a cluster changed, where that was not what was seen of a destination
/// (<see cref="HealthReasons"/>) nor a state that an operator has set (<see cref="DestinationStates"/>).
/// </summary>
internal static class SwitchReasons
{
    /// <summary>An operator has put a destination back.</summary>
    public const string Enabled = "enabled";

    /// <summary>An operator has switched to a destination.</summary>
    public const string Switch = "switch";

    /// <summary>An operator has asked for the failback.</summary>
    public const string Failback = "failback";

    /// <summary>The configuration has changed.</summary>
    public const string Reload = "reload";

    /// <summary>Another process has handed over what it knew.</summary>
    public const string Upgrade = "upgrade";

    /// <summary>The preferred destination was stable for long enough.</summary>
    public const string Stable = "stable";

    /// <summary>The other destination had no connection left.</summary>
    public const string Idle = "idle";

    /// <summary>The time window of the failback had come.</summary>
    public const string Window = "window";
}
