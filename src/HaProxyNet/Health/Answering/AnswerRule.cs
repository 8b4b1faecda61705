namespace HaProxyNet.Health.Answering;

/// <summary>Decides whether a destination that accepts does not answer. Pure.</summary>
internal static class AnswerRule
{
    /// <summary>
    /// A connection has sent bytes and has waited so long for the first one of the answer, and no other connection of late was answered. A
    /// single one that is slow among many that are not says nothing.
    /// </summary>
    /// <param name="sample">What was seen.</param>
    /// <param name="within">How long a first answer may take.</param>
    /// <param name="now">The time of the look.</param>
    public static bool IsSilent(in AnswerSample sample, long within, long now)
        => sample.WaitingSince > 0
            && now - sample.WaitingSince >= within
            && IsPast(sample.AnsweredConnectAt, within, now)
            && IsPast(sample.AnsweredCloseAt, within, now);

    private static bool IsPast(long at, long within, long now) => at == 0 || now - at >= within;
}
