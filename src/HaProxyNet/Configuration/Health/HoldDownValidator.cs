using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Configuration.Health;

/// <summary>The hold-down can grow from its first length to its longest.</summary>
internal sealed class HoldDownValidator : IOptionsValidator
{
    public void Validate(ValidationContext context)
    {
        foreach (var (path, _, cluster) in context.Clusters)
        {
            var (first, longest) = (cluster.Health.HoldDown, cluster.Health.HoldDownMax);
            if (first > longest && longest > TimeSpan.Zero)
            {
                context.Faults.Add(
                    path.Child(nameof(ClusterOptions.Health)).Child(nameof(HealthOptions.HoldDown)),
                    $"is {first}, and HoldDownMax is {longest}",
                    "a time of at most HoldDownMax, or 00:00:00 for no hold-down");
            }
        }
    }
}
