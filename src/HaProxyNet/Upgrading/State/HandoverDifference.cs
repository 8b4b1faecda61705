using HaProxyNet.Transport.Handover;

namespace HaProxyNet.Upgrading.State;

/// <summary>
/// What has happened since connections were copied, and is still to be said when they stand still. Clients wait. Pure.
/// </summary>
/// <param name="Begun">Connections that were not copied.</param>
/// <param name="Changed">What has happened on those that were.</param>
/// <param name="Ended">The numbers of those that were copied and are not there any more.</param>
internal sealed record HandoverDifference(
    IReadOnlyList<HandedRelay> Begun, IReadOnlyList<RelayChange> Changed, IReadOnlyList<long> Ended)
{
    /// <summary>Compares.</summary>
    /// <param name="copied">What the other process has, by number.</param>
    /// <param name="held">All that stand still now.</param>
    public static HandoverDifference Of(IReadOnlyDictionary<long, HeldRelay> copied, IReadOnlyCollection<HandedRelay> held)
    {
        var (begun, changed, there) = (new List<HandedRelay>(), new List<RelayChange>(), new HashSet<long>(held.Count));
        foreach (var handed in held)
        {
            there.Add(handed.Number);
            if (!copied.TryGetValue(handed.Number, out var copy))
            {
                begun.Add(handed);
            }
            else if (RelayChange.Between(handed.Number, copy, handed.Relay) is { } change)
            {
                changed.Add(change);
            }
        }

        return new HandoverDifference(begun, changed, [.. copied.Keys.Where(number => !there.Contains(number))]);
    }
}
