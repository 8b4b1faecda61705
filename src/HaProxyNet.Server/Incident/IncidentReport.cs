using HaProxyNet.Management.Page.Timelines;
using HaProxyNet.Telemetry.Troubles;

namespace HaProxyNet.Server.Incident;

/// <summary>What happened in a time, for the morning after.</summary>
/// <param name="From">Its begin.</param>
/// <param name="To">Its end.</param>
/// <param name="Summary">The most important, in sentences.</param>
/// <param name="Story">What happened, in order.</param>
/// <param name="Timeline">The same as a picture.</param>
/// <param name="Evidence">The connects and probes that failed.</param>
/// <param name="Phases">What clients felt before, in and after the trouble.</param>
/// <param name="Unknown">Connections whose destination had got bytes of the client, and whose outcome nobody knows.</param>
/// <param name="Failed">Connections that got no destination, or no further.</param>
/// <param name="Changes">Changes of the configuration, of certificates and of names.</param>
/// <param name="Advice">What the proxy would do differently with which setting.</param>
internal sealed record IncidentReport(
    DateTimeOffset From,
    DateTimeOffset To,
    IReadOnlyList<string> Summary,
    IReadOnlyList<StoryLine> Story,
    Timeline Timeline,
    IReadOnlyList<EvidenceGroup> Evidence,
    IReadOnlyList<Phase> Phases,
    IReadOnlyList<TroubledConnection> Unknown,
    IReadOnlyList<TroubledConnection> Failed,
    IReadOnlyList<StoryLine> Changes,
    IReadOnlyList<Advice> Advice);
