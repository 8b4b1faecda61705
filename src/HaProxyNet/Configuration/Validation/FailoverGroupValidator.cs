using HaProxyNet.Configuration.Keys;

namespace HaProxyNet.Configuration.Validation;

/// <summary>The clusters of a failover group have the same destinations and go back by the same rule: otherwise "together" means nothing.</summary>
internal sealed class FailoverGroupValidator : IOptionsValidator
{
    public void Validate(ValidationContext context)
    {
        var groups = context.Clusters.Where(c => c.Options.FailoverGroup.Length > 0).GroupBy(c => c.Options.FailoverGroup, StringComparer.OrdinalIgnoreCase);
        foreach (var group in groups)
        {
            var (_, firstName, first) = group.First();
            foreach (var (path, _, cluster) in group.Skip(1))
            {
                CheckNames(path, cluster, firstName, first, context.Faults);
                if (cluster.Failback.Mode != first.Failback.Mode)
                {
                    context.Faults.Add(
                        path.Child(nameof(ClusterOptions.Failback)).Child(nameof(FailbackOptions.Mode)),
                        $"is {cluster.Failback.Mode}, and {first.Failback.Mode} in {firstName} of the same FailoverGroup",
                        "the same in all clusters of a group");
                }
            }

            if (!group.Skip(1).Any())
            {
                context.Faults.Warn(group.First().Path.Child(nameof(ClusterOptions.FailoverGroup)), $"'{group.Key}' has no other cluster", "the name of a group of two or more");
            }
        }
    }

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
