namespace HaProxyNet.Management.Page;

/// <summary>The words for a cluster on the page.</summary>
/// <param name="Name">The cluster.</param>
/// <param name="Sentence">Where new connections go, and why.</param>
/// <param name="Destinations">The words for its destinations, in the order of the status.</param>
public sealed record ClusterPage(string Name, string Sentence, IReadOnlyList<DestinationPage> Destinations);
