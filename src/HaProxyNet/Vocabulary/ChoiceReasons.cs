namespace HaProxyNet.Vocabulary;

/// <summary>The words for choices.</summary>
internal static class ChoiceReasons
{
    /// <summary>The word in the log line.</summary>
    public static string Label(this ChoiceReason reason) => reason switch
    {
        ChoiceReason.None => "",
        ChoiceReason.Preferred => "preferred",
        ChoiceReason.Switched => "switched",
        ChoiceReason.FailbackWaits => "failback_waits",
        ChoiceReason.PreferredSuspect => "preferred_suspect",
        ChoiceReason.PreferredDown => "preferred_down",
        ChoiceReason.PreferredDrained => "preferred_drained",
        ChoiceReason.FallThrough => "fall_through",
        ChoiceReason.Hedge => "hedge",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
