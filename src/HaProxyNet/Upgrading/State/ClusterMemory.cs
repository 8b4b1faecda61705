using System.Net;
using System.Text.Json;
using HaProxyNet.Failover;
using HaProxyNet.State;
using HaProxyNet.Upgrading.Wire;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Upgrading.State;

/// <summary>Writes down what is known of the clusters, and sets what another process knew.</summary>
internal sealed class ClusterMemory(ClusterDirectory clusters, FailoverDirector director)
{
    /// <summary>What is known now.</summary>
    public byte[] Save()
    {
        var state = new HandedState();
        foreach (var cluster in clusters.All)
        {
            state.Clusters[cluster.Name] = Of(cluster);
        }

        return JsonSerializer.SerializeToUtf8Bytes(state, HandedStateJson.Default.HandedState);
    }

    /// <summary>
    /// Sets what another process knew, as if this one had seen it: nothing is counted as a failover. What is not configured here, or has
    /// another address here, is passed over.
    /// </summary>
    /// <exception cref="HandoverException">It cannot be read.</exception>
    public void Restore(byte[] saved)
    {
        HandedState? state;
        try
        {
            state = JsonSerializer.Deserialize(saved, HandedStateJson.Default.HandedState);
        }
        catch (JsonException fault)
        {
            throw new HandoverException($"what the other process knows of the clusters cannot be read ({fault.Message.TrimEnd('.')})");
        }

        foreach (var cluster in clusters.All)
        {
            if (state?.Clusters.GetValueOrDefault(cluster.Name) is { } handed)
            {
                Restore(cluster, handed);
            }
        }
    }

    private void Restore(Cluster cluster, HandedCluster handed)
    {
        lock (cluster.Group.Gate)
        {
            foreach (var destination in cluster.Plan.Destinations)
            {
                if (handed.Destinations.GetValueOrDefault(destination.Name) is { } known
                    && known.Address == destination.Model.Address.ToString())
                {
                    Restore(destination, known);
                }
            }

            cluster.Group.Pinned = cluster.Find(handed.Pinned)?.Name;
            cluster.Active.Begin(cluster.Find(handed.Active));
            director.Decide(cluster.Group, SwitchReasons.Upgrade);
        }
    }

    private static void Restore(Destination destination, HandedDestination known)
    {
        destination.Condition = known.Condition;
        destination.Decision = known.Decision ?? new MaintenanceDecision(known.Maintenance);
        destination.LastProven = known.LastProven;
        IPEndPoint[] addresses = [.. known.Addresses
            .Select(text => IPEndPoint.TryParse(text, out var address) ? address : null)
            .OfType<IPEndPoint>()];
        if (addresses.Length > 0)
        {
            destination.Addresses = addresses;
        }
    }

    private static HandedCluster Of(Cluster cluster) => new()
    {
        Active = cluster.Active.Current?.Name,
        Pinned = cluster.Group.Pinned,
        Destinations = cluster.Plan.Destinations.ToDictionary(d => d.Name, Of, StringComparer.OrdinalIgnoreCase),
    };

    private static HandedDestination Of(Destination destination) => new()
    {
        Address = destination.Model.Address.ToString(),
        Condition = destination.Condition,
        Maintenance = destination.Maintenance,
        Decision = destination.Decision,
        LastProven = destination.LastProven,
        Addresses = [.. destination.Addresses.Select(address => address.ToString())],
    };
}
