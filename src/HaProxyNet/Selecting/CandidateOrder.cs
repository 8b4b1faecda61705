using HaProxyNet.State;

namespace HaProxyNet.Selecting;

/// <summary>In which order destinations are tried. Pure.</summary>
internal static class CandidateOrder
{
    /// <summary>
    /// Those that are up, in order of preference; behind them, as a last resort, those that failed at once when last tried (refused,
    /// reset): asking them costs a client nothing, and one may accept again before its probe has found out. A destination that does
    /// not answer, cannot be reached or has no address is left out: trying it would only make the client wait.
    /// </summary>
    public static Destination[] Order(IEnumerable<Destination> destinations)
    {
        var known = destinations.Select(d => (Destination: d, d.Condition)).OrderBy(d => d.Destination.Model.Preference).ToList();
        var up = known.Where(d => d.Condition.State is DestinationStatus.Up);
        var lastResort = known.Where(d => d.Condition.State is DestinationStatus.Down && FailsAtOnce(d.Condition));
        return [.. up.Concat(lastResort).Select(d => d.Destination)];
    }

    private static bool FailsAtOnce(DestinationCondition condition) => condition.Reason is "refused" or "reset";
}
