using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Configuration.Clusters;

/// <summary>What is said about spreading connections has destinations to spread them over.</summary>
internal sealed class SelectionValidator : IOptionsValidator
{
    public void Validate(ValidationContext context)
    {
        foreach (var (path, _, cluster) in context.Clusters)
        {
            if (cluster.Policy is not SelectionPolicy.SourceAddress && cluster.Stickiness.Expiry != new StickinessOptions().Expiry)
            {
                context.Faults.Warn(
                    path.Child(nameof(ClusterOptions.Stickiness)).Child(nameof(StickinessOptions.Expiry)),
                    $"has no effect with Policy {cluster.Policy}",
                    "Policy SourceAddress");
            }

            if (cluster.Policy is not SelectionPolicy.PrimaryPreferred && cluster.Destinations.Count > 1 && HasNoEquals(cluster))
            {
                context.Faults.Warn(
                    path.Child(nameof(ClusterOptions.Policy)),
                    $"is {cluster.Policy}, and no two destinations have the same Priority: each connection goes to the first that is up",
                    "the same Priority, or none, for those that are to share connections");
            }
        }
    }

    private static bool HasNoEquals(ClusterOptions cluster)
        => cluster.Destinations.GroupBy(d => d.Priority ?? 0).All(group => group.Skip(1).Any() is false);
}
