namespace HaProxyNet.Maintaining;

/// <summary>What becomes of an operator's wish, given what is known.</summary>
/// <param name="Set">What is decided after it.</param>
/// <param name="HasChanged">Whether it changes anything.</param>
/// <param name="Refusal">Why it is refused; null: it is not.</param>
internal sealed record Verdict(MaintenanceSet Set, bool HasChanged, string? Refusal)
{
    /// <summary>Decides. Pure.</summary>
    /// <param name="set">What is decided before it.</param>
    /// <param name="names">The cluster's destinations.</param>
    /// <param name="wish">The wish.</param>
    public static Verdict Of(MaintenanceSet set, IReadOnlyCollection<string> names, MaintenanceWish wish)
    {
        var before = set[wish.Destination];
        if (before.Maintenance == wish.Decision.Maintenance)
        {
            // A wish whose answer was lost on the way has been granted all the same.
            return new(set, HasChanged: before == wish.Decision, null);
        }

        if (wish.Decision is { IsOut: true, IsForced: false } && Lease.Holders(set, names, wish.Destination) is { Count: > 0 } holders)
        {
            return new(set, HasChanged: false, Sentence(set, wish, holders));
        }

        // Later than what it overrides, whatever the clocks of two proxies say.
        var at = wish.Decision.At > before.At ? wish.Decision.At : before.At.AddTicks(1);
        return new(set.With(wish.Destination, wish.Decision with { At = at }), HasChanged: true, null);
    }

    private static string Sentence(MaintenanceSet set, MaintenanceWish wish, IReadOnlyList<string> holders)
        => $"{wish.Cluster}/{wish.Destination} stays in service: it is the last one of {wish.Cluster}. "
            + $"{string.Join(", ", holders.Select(name => $"{wish.Cluster}/{name} is out ({set[name].Describe()})"))}; "
            + $"'enable {wish.Cluster}/{holders[0]}' puts it back, --wait T waits for that, --force takes this one out as well";
}
