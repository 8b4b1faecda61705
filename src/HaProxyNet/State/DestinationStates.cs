namespace HaProxyNet.State;

/// <summary>The words for destination states.</summary>
internal static class DestinationStates
{
    /// <summary>The label in metrics, logs and commands.</summary>
    public static string Label(this DestinationStatus state) => state switch
    {
        DestinationStatus.Up => "up",
        DestinationStatus.Down => "down",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
