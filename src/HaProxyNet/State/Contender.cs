using System.Runtime.InteropServices;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.State;

/// <summary>
/// A destination as the choice of the active one sees it; of a failover group, the worst of the destinations of that name.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Tier">Lower is preferred; equal is equal.</param>
/// <param name="Status">Its state.</param>
/// <param name="Since">Since when, as a timestamp.</param>
/// <param name="OpenConnections">Connections open on it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Contender(string Name, int Tier, DestinationStatus Status, long Since, long OpenConnections)
{
    /// <summary>It can be given new connections.</summary>
    public bool IsUsable => Status.CanBeGivenConnections();
}
