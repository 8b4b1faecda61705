namespace HaProxyNet.Control.Documents;

/// <summary>A process that was upgraded and still has connections, in <c>/api/v1/status</c>.</summary>
/// <param name="Process">Its process id.</param>
/// <param name="Version">Its version.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="EndsBy">When it resets what is still open then.</param>
/// <param name="Connections">How many connections it has.</param>
/// <param name="Destinations">The same by destination; connections without one are not in it.</param>
/// <param name="HeardSeconds">How long ago it said so: a second, unless it hangs.</param>
public sealed record PredecessorStatus(
    int Process, string Version, DateTimeOffset StartedAt, DateTimeOffset EndsBy, int Connections,
    IReadOnlyList<PredecessorDestination> Destinations,
    double HeardSeconds);
