using HaProxyNet.Vocabulary;

namespace HaProxyNet.State.Selecting;

/// <summary>In which order destinations are tried. Pure.</summary>
internal static class CandidateOrder
{
    private const int Excluded = int.MaxValue;

    /// <summary>
    /// The active one, then the others that are up, in order of preference; then suspect ones; behind them, as a last resort, those that
    /// failed at once when last tried (refused, reset) or only have to prove themselves: asking them costs a client nothing, and one may
    /// accept again before its probe has found out. A destination that does not answer, cannot be reached or has no address is left
    /// out: trying it would only make the client wait. So is one that an operator has taken out.
    /// </summary>
    public static Destination[] Order(IEnumerable<Destination> destinations, Destination? active)
    {
        return [.. destinations
            .Select(d => (Destination: d, Rank: Rank(d, active)))
            .Where(d => d.Rank is not Excluded)
            .OrderBy(d => d.Rank)
            .ThenBy(d => d.Destination.Model.Tier)
            .ThenBy(d => d.Destination.Model.Preference)
            .Select(d => d.Destination)];
    }

    /// <summary>
    /// How many at the head of the order are equal: those that are up and of the first one's tier. None when the first is only a last
    /// resort.
    /// </summary>
    public static int EqualAtHead(Destination[] ordered)
    {
        if (ordered is not [var first, ..] || !first.Status.CanBeGivenConnections())
        {
            return 0;
        }

        var count = 1;
        while (count < ordered.Length && ordered[count].Status is DestinationStatus.Up && ordered[count].Model.Tier == first.Model.Tier)
        {
            count++;
        }

        return count;
    }

    private static int Rank(Destination destination, Destination? active)
    {
        var condition = destination.Condition;
        return destination.Status switch
        {
            DestinationStatus.Up => ReferenceEquals(destination, active) ? 0 : 1,
            DestinationStatus.Suspect => 2,
            DestinationStatus.Down when condition.IsHeldDown || (condition.Reason.IsRefusal() && !condition.FailsBeyondConnect) => 3,
            _ => Excluded,
        };
    }
}
