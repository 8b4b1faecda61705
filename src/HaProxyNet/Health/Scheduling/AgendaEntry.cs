using HaProxyNet.State;

namespace HaProxyNet.Health.Scheduling;

/// <summary>A destination that is to be looked at.</summary>
/// <param name="Cluster">Its cluster.</param>
/// <param name="Destination">The destination.</param>
/// <param name="At">When, as a timestamp; 0: now, because something of it has changed.</param>
internal sealed record AgendaEntry(Cluster Cluster, Destination Destination, long At = 0);
