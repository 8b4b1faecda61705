namespace HaProxyNet.Control.Documents;

/// <summary>The connections that a process which was upgraded still has on a destination.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Destination">The destination.</param>
/// <param name="Connections">How many are open on it, or are being connected to it.</param>
public sealed record PredecessorDestination(string Cluster, string Destination, int Connections);
