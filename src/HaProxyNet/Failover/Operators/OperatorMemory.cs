using System.Text.Json;
using HaProxyNet.Configuration;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Failover.Operators;

/// <summary>
/// Keeps what operators have set across restarts. The destinations themselves are the truth; the file is its copy. What it says of clusters
/// and destinations that are not configured (any more) stays in it: they may come back.
/// </summary>
internal sealed partial class OperatorMemory(
    StateFile file,
    ClusterDirectory clusters,
    IFailoverControl control,
    ProxyOptions options,
    TimeProvider time,
    ILogger<OperatorMemory> logger)
{
    /// <summary>What was put back is kept as well: it overrides what other proxies knew before.</summary>
    private readonly bool _keepsReturns = options.Maintenance.IsShared;
    private readonly Lock _gate = new();
    private OperatorDecisions _known = new();

    /// <summary>Reads the file, and sets what it says. Before the listeners open. It never throws: a bad file is put aside.</summary>
    public void Load()
    {
        if (file.Path is null)
        {
            return;
        }

        try
        {
            _known = file.Read() ?? new();
        }
        catch (JsonException fault)
        {
            PutAside(fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            LogUnreadable(file.Path!, Words(fault));
        }

        Restore(isStart: true);
    }

    /// <summary>
    /// Sets what the file says of clusters and destinations that are configured: at the start, and when a reload may have brought some.
    /// </summary>
    public void Restore() => Restore(isStart: false);

    private void Restore(bool isStart)
    {
        lock (_gate)
        {
            foreach (var cluster in clusters.All)
            {
                if (_known.Clusters.GetValueOrDefault(cluster.Name) is { } decisions)
                {
                    Restore(cluster, decisions, isStart);
                }
            }
        }
    }

    /// <summary>Writes down what is set now; returns why it could not, or none.</summary>
    public string? Save()
    {
        if (file.Path is not { } path)
        {
            return "Admin.StateFile is empty";
        }

        OperatorDecisions decisions;
        lock (_gate)
        {
            decisions = _known = Merge(_known, clusters.All, _keepsReturns);
        }

        try
        {
            file.Write(decisions);
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            LogUnwritable(path, Words(fault));
            return $"{path} cannot be written: {Words(fault)}";
        }
    }

    /// <summary>What is set now, and what was known of names that are not configured now. Pure.</summary>
    internal static OperatorDecisions Merge(OperatorDecisions known, IEnumerable<Cluster> configured, bool keepsReturns = false)
    {
        var merged = new OperatorDecisions();
        foreach (var (name, decisions) in known.Clusters)
        {
            merged.Clusters[name] = decisions;
        }

        foreach (var cluster in configured)
        {
            var before = known.Clusters.GetValueOrDefault(cluster.Name);
            var destinations = new SortedDictionary<string, Maintenance>(before?.Destinations ?? [], StringComparer.OrdinalIgnoreCase);
            var decisions = new SortedDictionary<string, MaintenanceDecision>(before?.Decisions ?? [], StringComparer.OrdinalIgnoreCase);
            foreach (var destination in cluster.Plan.Destinations)
            {
                destinations.Remove(destination.Name);
                decisions.Remove(destination.Name);
                var decision = destination.Decision;
                if (decision.IsOut)
                {
                    destinations[destination.Name] = decision.Maintenance;
                }

                if (decision.At != default && (decision.IsOut || keepsReturns))
                {
                    decisions[destination.Name] = decision;
                }
            }

            merged.Clusters.Remove(cluster.Name);
            if (destinations.Count > 0 || decisions.Count > 0 || cluster.Group.Pinned is not null)
            {
                merged.Clusters[cluster.Name] = new()
                {
                    SwitchedTo = cluster.Group.Pinned,
                    Destinations = destinations,
                    Decisions = decisions.Count > 0 ? decisions : null,
                };
            }
        }

        return merged;
    }

    private void Restore(Cluster cluster, ClusterDecisions decisions, bool isStart)
    {
        foreach (var destination in cluster.Plan.Destinations)
        {
            if (decisions.Of(destination.Name) is not { } kept || !kept.IsLaterThan(destination.Decision))
            {
                continue;
            }

            var isNews = destination.Maintenance != kept.Maintenance;
            if (isStart)
            {
                control.RestoreMaintenance(cluster, destination, kept);
            }
            else
            {
                control.SetMaintenance(cluster, destination, kept);
            }

            if (isNews)
            {
                LogRestored(cluster.Name, destination.Name, destination.Status.Label());
            }
        }

        if (cluster.Group.Pinned is null && cluster.Find(decisions.SwitchedTo) is { } switchedTo)
        {
            if (isStart)
            {
                control.RestoreSwitch(cluster, switchedTo);
            }
            else
            {
                control.Switch(cluster, switchedTo);
            }

            LogRestored(cluster.Name, switchedTo.Name, "switched");
        }
    }

    /// <summary>The system's sentence as a part of ours.</summary>
    private static string Words(Exception fault) => fault.Message.TrimEnd('.');

    private void PutAside(JsonException fault)
    {
        try
        {
            LogCorrupt(file.Path!, file.PutAside(time.GetUtcNow()), Words(fault));
        }
        catch (Exception other) when (other is IOException or UnauthorizedAccessException)
        {
            LogUnreadable(file.Path!, $"{Words(fault)}; nor can it be put aside: {Words(other)}");
        }
    }

    [LoggerMessage(EventIds.OperatorStateRestored, LogLevel.Warning,
        "{Cluster}/{Destination} is {Change}, as an operator has set before the restart.")]
    private partial void LogRestored(string cluster, string destination, string change);

    [LoggerMessage(EventIds.OperatorStateCorrupt, LogLevel.Warning,
        "{Path} is no state file ({Fault}); it was put aside as {Aside}. What operators had set is forgotten: drain again what must not be "
            + "used.")]
    private partial void LogCorrupt(string path, string aside, string fault);

    [LoggerMessage(EventIds.OperatorStateUnreadable, LogLevel.Warning,
        "{Path} cannot be read: {Fault}. What operators had set is not in force: drain again what must not be used.")]
    private partial void LogUnreadable(string path, string fault);

    [LoggerMessage(EventIds.OperatorStateUnwritable, LogLevel.Warning,
        "{Path} cannot be written: {Fault}. What operators set holds only until a restart.")]
    private partial void LogUnwritable(string path, string fault);
}
