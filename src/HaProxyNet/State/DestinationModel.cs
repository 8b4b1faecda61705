using HaProxyNet.Configuration;

namespace HaProxyNet.State;

/// <summary>What the configuration says of a destination. Immutable; a reload replaces it.</summary>
/// <param name="Address">Host and port.</param>
/// <param name="Preference">The place in the order of preference; 0 is the primary.</param>
internal sealed record DestinationModel(DestinationAddress Address, int Preference);
