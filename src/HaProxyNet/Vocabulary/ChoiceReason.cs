namespace HaProxyNet.Vocabulary;

/// <summary>Why a connection has its destination: the <c>reason</c> of its log line. A byte, for each connection keeps one.</summary>
internal enum ChoiceReason : byte
{
    /// <summary>It has none.</summary>
    None,

    /// <summary>It is the preferred one.</summary>
    Preferred,

    /// <summary>An operator has switched to it.</summary>
    Switched,

    /// <summary>The preferred one is up, and the policy waits with the failback.</summary>
    FailbackWaits,

    /// <summary>The preferred one is suspect.</summary>
    PreferredSuspect,

    /// <summary>The preferred one is down.</summary>
    PreferredDown,

    /// <summary>The preferred one is drained or disabled.</summary>
    PreferredDrained,

    /// <summary>Another one was tried before, and failed.</summary>
    FallThrough,

    /// <summary>Another one was tried before, and was slow.</summary>
    Hedge,
}

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
