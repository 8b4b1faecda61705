using HaProxyNet.State;

namespace HaProxyNet.Forwarding;

/// <summary>Which destination serves a request of a client that may have one already. Pure.</summary>
internal static class LegChoice
{
    /// <summary>
    /// Whether a request goes where the client's last one went: as long as that is among the ones that a new connection could be given
    /// first, or nothing is known to be up.
    /// </summary>
    public static bool Keeps(Destination current, CandidateList candidates) => candidates.Equal == 0 || IndexOf(current, candidates) >= 0;

    /// <summary>The destination that a cookie names; null: it names none that can be given connections now.</summary>
    public static Destination? Named(string? cookie, CandidateList candidates)
        => cookie is null ? null : Array.Find(candidates.Destinations[..candidates.Equal], d => AffinityCookie.Names(cookie, d));

    /// <summary>The order to try the candidates in, when one of those at the head is to be the first.</summary>
    public static Destination[] StartingAt(Destination first, CandidateList candidates)
        => candidates.StartingAt(Math.Max(0, IndexOf(first, candidates)));

    private static int IndexOf(Destination destination, CandidateList candidates)
        => Array.IndexOf(candidates.Destinations, destination, 0, candidates.Equal);
}
