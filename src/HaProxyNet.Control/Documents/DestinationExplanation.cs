namespace HaProxyNet.Control.Documents;

/// <summary>Why a destination would be tried, or not.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Address">Host and port as configured.</param>
/// <param name="State">Its state.</param>
/// <param name="Place">When it is tried: 1 is first; null: not at all.</param>
/// <param name="Why">The reason in a sentence.</param>
public sealed record DestinationExplanation(string Name, string Address, string State, int? Place, string Why);
