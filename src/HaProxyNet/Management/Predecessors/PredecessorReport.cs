using HaProxyNet.Control.Documents;

namespace HaProxyNet.Management.Predecessors;

/// <summary>What a process that was upgraded says of the connections that it still has.</summary>
/// <param name="Process">Its process id.</param>
/// <param name="Version">Its version.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="EndsBy">When it resets what is still open then.</param>
/// <param name="Connections">How many connections it has.</param>
/// <param name="Destinations">The same by destination; connections without one are not in it.</param>
/// <param name="Sessions">Its connections, the oldest first: <see cref="MostSessions"/> at most.</param>
internal sealed record PredecessorReport(
    int Process, string Version, DateTimeOffset StartedAt, DateTimeOffset EndsBy, int Connections,
    IReadOnlyList<PredecessorDestination> Destinations,
    IReadOnlyList<SessionEntry> Sessions)
{
    /// <summary>So many sessions are told; more would be megabytes every second.</summary>
    public const int MostSessions = 1_000;
}
