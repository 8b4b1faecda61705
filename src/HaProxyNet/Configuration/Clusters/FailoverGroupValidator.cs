using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Configuration.Clusters;

/// <summary>
/// The clusters of a failover group have the same destinations and go back by the same rule: otherwise "together" means nothing.
/// </summary>
internal sealed class FailoverGroupValidator : IOptionsValidator
{
    public void Validate(ValidationContext context)
    {
        var groups = context.Clusters
            .Where(c => c.Options.FailoverGroup.Length > 0)
            .GroupBy(c => c.Options.FailoverGroup, StringComparer.OrdinalIgnoreCase);
        foreach (var group in groups)
        {
            var (_, firstName, first) = group.First();
            foreach (var (path, _, cluster) in group.Skip(1))
            {
                CheckNames(path, cluster, firstName, first, context.Faults);
                CheckFailback(path.Child(nameof(ClusterOptions.Failback)), cluster.Failback, firstName, first.Failback, context.Faults);
            }

            if (!group.Skip(1).Any())
            {
                context.Faults.Warn(
                    group.First().Path.Child(nameof(ClusterOptions.FailoverGroup)),
                    $"'{group.Key}' has no other cluster",
                    "the name of a group of two or more");
            }
        }
    }

    /// <summary>They go back together, so by one rule.</summary>
    private static void CheckFailback(
        SettingPath path,
        FailbackOptions failback,
        string firstName,
        FailbackOptions first,
        FaultCollector faults)
    {
        if (failback.Mode != first.Mode)
        {
            Differs(path.Child(nameof(FailbackOptions.Mode)), $"{failback.Mode}", $"{first.Mode}");
        }
        else if (failback.Mode is FailbackMode.StableFor && failback.StableFor != first.StableFor)
        {
            Differs(path.Child(nameof(FailbackOptions.StableFor)), $"{failback.StableFor}", $"{first.StableFor}");
        }
        else if (failback.Mode is FailbackMode.Window && Text(failback.Window) != Text(first.Window))
        {
            Differs(path.Child(nameof(FailbackOptions.Window)), Text(failback.Window), Text(first.Window));
        }

        void Differs(SettingPath setting, string here, string there)
            => faults.Add(
                setting, $"is {here}, and {there} in {firstName} of the same FailoverGroup", "the same in all clusters of a group");
    }

    private static string Text(FailbackWindowOptions window)
        => $"{(window.Days.Count == 0 ? "every day" : string.Join(", ", window.Days.Order()))} {window.From}-{window.To}";

    private static void CheckNames(SettingPath path, ClusterOptions cluster, string firstName, ClusterOptions first, FaultCollector faults)
    {
        var missing = Names(first).Except(Names(cluster), StringComparer.OrdinalIgnoreCase).ToList();
        if (missing.Count > 0)
        {
            faults.Warn(
                path.Child(nameof(ClusterOptions.Destinations)),
                $"has no {string.Join(", ", missing)}, which {firstName} of the same FailoverGroup has",
                "the same names in all clusters of a group: by them they fail over together");
        }
    }

    private static IEnumerable<string> Names(ClusterOptions cluster) => cluster.Destinations.Select(d => d.Name);
}
