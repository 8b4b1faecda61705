using System.Diagnostics.CodeAnalysis;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Control;
using HaProxyNet.Listening;
using HaProxyNet.State;

namespace HaProxyNet.Management.Control;

/// <summary>Finds what a command names, or says what there is instead.</summary>
internal static class ControlTarget
{
    public static bool TryFind(
        ClusterDirectory clusters, string? name, [NotNullWhen(true)] out Cluster? cluster, [NotNullWhen(false)] out ControlReply? refusal)
    {
        cluster = name is null ? null : clusters.Find(name);
        refusal = cluster is null ? Unknown("cluster", name, clusters.All.Select(c => c.Name)) : null;
        return cluster is not null;
    }

    public static bool TryFind(
        Cluster cluster, string? name, [NotNullWhen(true)] out Destination? destination, [NotNullWhen(false)] out ControlReply? refusal)
    {
        destination = cluster.Find(name);
        refusal = destination is null
            ? Unknown($"destination of {cluster.Name}", name, cluster.Plan.Destinations.Select(d => d.Name))
            : null;
        return destination is not null;
    }

    public static bool TryFind(
        ListenerDirectory listeners, string? name, [NotNullWhen(true)] out Listener? listener,
        [NotNullWhen(false)] out ControlReply? refusal)
    {
        listener = listeners.Find(name);
        refusal = listener is null ? Unknown("listener", name, listeners.All.Select(l => l.Name)) : null;
        return listener is not null;
    }

    /// <summary>The answer to a name that nothing has.</summary>
    public static ControlReply Unknown(string kind, string? name, IEnumerable<string> known)
    {
        string[] names = [.. known.Order(StringComparer.OrdinalIgnoreCase)];
        var meant = name is not null && NearestName.Question(name, names) is { } question ? $"{question} Known: " : "known: ";
        return ControlReply.Refuse($"no {kind} is named '{name}'; {meant}{string.Join(", ", names)}");
    }
}
