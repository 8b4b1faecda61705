using HaProxyNet.State;

namespace HaProxyNet.Maintaining;

/// <summary>What an operator asks for: a destination is to be taken out, or put back.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Destination">The destination.</param>
/// <param name="Decision">How it is to be, with where, by whom and when.</param>
internal sealed record MaintenanceWish(string Cluster, string Destination, MaintenanceDecision Decision);
