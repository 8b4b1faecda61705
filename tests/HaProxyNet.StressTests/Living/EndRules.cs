namespace HaProxyNet.StressTests.Living;

/// <summary>
/// Which end may follow from what the other side did: the teardown table (docs/architecture.md), seen from outside. Pure.
/// </summary>
internal static class EndRules
{
    /// <summary>What is wrong with an end; nothing when it is as it should be.</summary>
    /// <param name="seen">How this side saw the end.</param>
    /// <param name="own">What this side did.</param>
    /// <param name="other">What the other side did.</param>
    /// <param name="mayBeUnserved">No destination knows of the connection, as the plan has it: any end will do.</param>
    public static string? Fault(SeenEnd seen, SideFacts own, SideFacts other, bool mayBeUnserved)
    {
        if (seen is not SeenEnd.Hung && (own.Gone || mayBeUnserved))
        {
            return null;
        }

        return seen switch
        {
            SeenEnd.Fin when other.Finished && own.Received == other.Sent => null,
            SeenEnd.Fin when IsAnswerToFin(own, other) => null,
            SeenEnd.Fin when other.Finished => "it got FIN before all that the other side had sent",
            SeenEnd.Fin => "it got FIN, which the other side did not send",
            SeenEnd.Reset when other.Gone => null,
            SeenEnd.Reset => "it was reset, although the other side is there",
            SeenEnd.Hung => "it waited in vain for an end",
            _ => "it saw no end",
        };
    }

    /// <summary>A peer that has answered and resets after our FIN was delivered to it has ended in order (LDAP servers, KDCs).</summary>
    private static bool IsAnswerToFin(SideFacts own, SideFacts other) => other.Gone && own.Finished && own.Received > 0;
}
