using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Configuration.Clusters;

/// <summary>Each cluster has a destination.</summary>
internal sealed class DestinationPresenceValidator : IOptionsValidator
{
    public void Validate(ValidationContext context)
    {
        foreach (var (path, _, cluster) in context.Clusters)
        {
            if (cluster.Destinations.Count == 0)
            {
                context.Faults.Add(
                    path.Child(nameof(ClusterOptions.Destinations)),
                    "there is no destination",
                    "a list of at least one, each with a Name and an Address, the preferred one first");
            }
        }
    }
}
