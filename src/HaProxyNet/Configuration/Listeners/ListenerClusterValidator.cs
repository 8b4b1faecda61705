using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Configuration.Listeners;

/// <summary>Each listener names a cluster that exists; one with routes need not.</summary>
internal sealed class ListenerClusterValidator : IOptionsValidator
{
    public void Validate(ValidationContext context)
    {
        if (context.Faults.IsSettled(ValidationContext.ClustersPath))
        {
            return;
        }

        var clusters = context.Options.Clusters;
        foreach (var (path, _, listener) in context.Listeners)
        {
            if (!clusters.ContainsKey(listener.Cluster) && (listener.Cluster.Length > 0 || listener.Routes.Count == 0))
            {
                var problem = listener.Cluster.Length == 0 ? "is missing" : $"no cluster is named '{listener.Cluster}'";
                context.Faults.Add(path.Child(nameof(ListenerOptions.Cluster)), problem, Allowed(listener.Cluster, clusters.Keys));
            }
        }
    }

    /// <summary>The names that can be meant.</summary>
    public static string Allowed(string given, ICollection<string> known)
    {
        if (known.Count == 0)
        {
            return $"a cluster that {ValidationContext.ClustersPath} defines (it defines none)";
        }

        var names = string.Join(", ", known);
        return NearestName.Question(given, known) is { } question ? $"{question} Defined: {names}" : $"one of those defined: {names}";
    }
}
