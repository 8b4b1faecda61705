using HaProxyNet.State;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Maintaining;

/// <summary>
/// The lease of a cluster: of its destinations, one at least stays in service, on whichever proxy an operator decides; only force overrides
/// that. A cluster with a single destination has no lease: it was never meant to serve during maintenance. Pure.
/// </summary>
internal static class Lease
{
    /// <summary>
    /// The destinations that stand in the way of taking one out: all the others, where it is the last one in service; else nothing.
    /// </summary>
    /// <param name="set">What is decided.</param>
    /// <param name="names">The cluster's destinations.</param>
    /// <param name="destination">The one that is to be taken out.</param>
    public static IReadOnlyList<string> Holders(MaintenanceSet set, IReadOnlyCollection<string> names, string destination)
    {
        string[] others = [.. names.Where(name => !Same(name, destination))];
        return !set[destination].IsOut && others.All(name => set[name].IsOut) ? others : [];
    }

    /// <summary>
    /// Makes what two proxies have decided apart from each other true to the lease: in the order in which destinations were taken out, the
    /// one that would have been the last in service is put back, unless that was by force. The outcome does not depend on who asks.
    /// </summary>
    public static Agreement Keep(MaintenanceSet set, IReadOnlyCollection<string> names)
    {
        var taken = names
            .Select(name => (Name: name, Decision: set[name]))
            .Where(one => one.Decision.IsOut)
            .Order(Comparer<(string Name, MaintenanceDecision Decision)>.Create(Earlier))
            .ToList();
        if (names.Count == 1 || taken.Count < names.Count || taken is not [.., var last] || last.Decision.IsForced)
        {
            return new(set, null, null);
        }

        var back = last.Decision with { Maintenance = Maintenance.None, At = last.Decision.At.AddTicks(1) };
        return new(set.With(last.Name, back), last.Name, last.Decision);
    }

    private static int Earlier((string Name, MaintenanceDecision Decision) left, (string Name, MaintenanceDecision Decision) right)
        => MaintenanceDecision.Compare(left.Decision, right.Decision) is not 0 and var order
            ? order
            : StringComparer.OrdinalIgnoreCase.Compare(left.Name, right.Name);

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
