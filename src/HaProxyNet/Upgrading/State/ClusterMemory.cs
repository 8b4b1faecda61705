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
    private HandedState _saved = new();

    /// <summary>What is known now.</summary>
    public byte[] Save()
    {
        _saved = new HandedState();
        foreach (var cluster in clusters.All)
        {
            _saved.Clusters[cluster.Name] = Of(cluster);
        }

        return Write(_saved);
    }

    /// <summary>
    /// The clusters of which something else is known than what <see cref="Save"/> wrote: an operator has drained a destination meanwhile,
    /// or one went down. Null: none.
    /// </summary>
    public byte[]? SaveChanges()
    {
        var changes = new HandedState();
        foreach (var cluster in clusters.All)
        {
            var now = Of(cluster);
            if (_saved.Clusters.GetValueOrDefault(cluster.Name) is not { } before || !now.SaysTheSameAs(before))
            {
                changes.Clusters[cluster.Name] = now;
            }
        }

        return changes.Clusters.Count == 0 ? null : Write(changes);
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

    private static byte[] Write(HandedState state) => JsonSerializer.SerializeToUtf8Bytes(state, HandedStateJson.Default.HandedState);

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
