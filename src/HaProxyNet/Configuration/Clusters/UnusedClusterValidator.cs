using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Configuration.Clusters;

/// <summary>Each cluster is used by a listener; one that is not is only worth a warning.</summary>
internal sealed class UnusedClusterValidator : IOptionsValidator
{
    public void Validate(ValidationContext context)
    {
        var used = context.Options.Listeners.Values.SelectMany(ValidationContext.ClustersOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (!used.All(context.Options.Clusters.ContainsKey) || context.Faults.IsSettled(ValidationContext.ListenersPath))
        {
            // A listener whose cluster is misspelled may have meant this one.
            return;
        }

        foreach (var (path, name, _) in context.Clusters)
        {
            if (!used.Contains(name))
            {
                context.Faults.Warn(path, "no listener uses this cluster", "a listener with this Cluster, or leave it out");
            }
        }
    }
}
