using HaProxyNet.Control;
using HaProxyNet.Control.Trust;
using HaProxyNet.Failover;
using HaProxyNet.Failover.Operators;
using HaProxyNet.Maintaining;
using HaProxyNet.Management.Predecessors;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Management.Control;

/// <summary>Each change that an operator makes: done, kept for the next start, logged once, answered. One caller at a time.</summary>
internal sealed partial class ControlChanges(
    IFailoverControl control, MaintenanceLedger ledger, SessionCutter sessions, DestinationUse use, OperatorMemory memory,
    ILogger<ControlChanges> logger)
{
    /// <summary>The last refusal: a command that waits asks again and again.</summary>
    private string? _refused;

    /// <summary>Drains or disables a destination, unless it is the last one in service.</summary>
    public async Task<ControlReply> TakeOutAsync(
        Cluster cluster,
        Destination destination,
        Maintenance maintenance,
        bool isForced,
        PeerIdentity by)
    {
        var change = await ledger.ChangeAsync(cluster, destination, maintenance, by.User, isForced);
        if (change.Refusal is { } refusal)
        {
            LogOnce(cluster, destination, refusal, by);
            return ControlReply.Refuse(refusal) with { IsLeaseHeld = true };
        }

        _refused = null;
        if (change.HasChanged)
        {
            LogChange(LogLevel.Warning, destination.Status.Label(), cluster.Name, destination.Name, by);
            LogForced(cluster, destination, by);
        }

        return Answer(
            $"{Name(cluster, destination)} is {destination.Status.Label()}; new connections go to {Active(cluster)}",
            [.. change.Warnings, .. LastOne(cluster), .. GroupMates(cluster, destination)],
            await use.CountAsync(cluster, destination));
    }

    /// <summary>Puts a destination back.</summary>
    public async Task<ControlReply> EnableAsync(Cluster cluster, Destination destination, PeerIdentity by)
    {
        var change = await ledger.ChangeAsync(cluster, destination, Maintenance.None, by.User, isForced: false);
        if (change.HasChanged)
        {
            LogChange(LogLevel.Information, "enabled", cluster.Name, destination.Name, by);
        }

        return Answer(
            $"{Name(cluster, destination)} is enabled and {Describe(destination)}; new connections go to {Active(cluster)}",
            [.. change.Warnings, .. LastOne(cluster)]);
    }

    /// <summary>Makes a destination the active one.</summary>
    public ControlReply Switch(Cluster cluster, Destination destination, PeerIdentity by)
    {
        if (!destination.Status.CanBeGivenConnections())
        {
            var way = destination.Maintenance is Maintenance.None ? "" : $"; 'enable {Name(cluster, destination)}' puts it back";
            return ControlReply.Refuse($"{Name(cluster, destination)} is {Describe(destination)}: new connections cannot go there{way}");
        }

        control.Switch(cluster, destination);
        LogChange(LogLevel.Warning, "switched", cluster.Name, destination.Name, by);
        var isPolicyOther = cluster.Plan.IsBalanced
            && cluster.Plan.Destinations.Any(d => !ReferenceEquals(d, destination) && d.Model.Tier == destination.Model.Tier);
        return Answer(
            $"new connections of {cluster.Name} go to {Active(cluster)}, until 'failback {cluster.Name}'",
            isPolicyOther
                ? [$"{cluster.Plan.Policy} spreads connections over equal destinations all the same; drain those that should get none"]
                : []);
    }

    /// <summary>Takes a switch back.</summary>
    public ControlReply FailBack(Cluster cluster, PeerIdentity by)
    {
        control.FailBack(cluster);
        var active = ActiveDestination.Name(cluster.Active.Current);
        LogChange(LogLevel.Information, "failback", cluster.Name, active, by);
        var obstacles = cluster.Plan.Destinations
            .Where(d => cluster.Active.Current is { } current && d.Model.Tier < current.Model.Tier)
            .Select(d => $"{Name(cluster, d)} is more preferred, and is {Describe(d)}");
        return Answer($"new connections of {cluster.Name} go to {Active(cluster)}", [.. obstacles]);
    }

    /// <summary>Resets what is open on a destination.</summary>
    public async Task<ControlReply> CloseAsync(Cluster cluster, Destination destination, PeerIdentity by)
    {
        var count = await sessions.CloseAsync(destination);
        LogClosed(count, cluster.Name, destination.Name, by);
        return new()
        {
            Message = $"{(count == 1 ? "1 connection" : $"{count} connections")} of {Name(cluster, destination)} reset",
            Open = await use.CountAsync(cluster, destination),
            Warnings =
            [
                .. destination.Status.CanBeGivenConnections()
                    ? [$"it still gets new connections; 'drain {Name(cluster, destination)}' stops them"]
                    : Array.Empty<string>(),
                .. use.OutOfReach(cluster, destination),
            ],
        };
    }

    private void LogOnce(Cluster cluster, Destination destination, string refusal, PeerIdentity by)
    {
        if (refusal != _refused)
        {
            LogRefused(by, cluster.Name, destination.Name, refusal);
        }

        _refused = refusal;
    }

    private void LogForced(Cluster cluster, Destination destination, PeerIdentity by)
    {
        if (cluster.Plan.Destinations.All(d => d.Decision.IsOut))
        {
            LogForced(by, cluster.Name, destination.Name, "forced");
        }
    }

    private static string Name(Cluster cluster, Destination destination) => $"{cluster.Name}/{destination.Name}";

    private static string Active(Cluster cluster) => cluster.Active.Current is { } active ? active.Name : "nobody";

    private static string Describe(Destination destination)
        => destination.Status is DestinationStatus.Down ? $"down ({destination.Condition.Reason.Label()})" : destination.Status.Label();

    private static string[] LastOne(Cluster cluster)
        => cluster.Active.Current is null ? [$"no destination of {cluster.Name} can be used: clients are refused"] : [];

    private static IEnumerable<string> GroupMates(Cluster cluster, Destination destination) => cluster.Group.Clusters
        .Where(mate => !ReferenceEquals(mate, cluster) && mate.Find(destination.Name) is { Maintenance: Maintenance.None })
        .Select(mate => $"{mate.Name} fails over together with {cluster.Name}, but {mate.Name}/{destination.Name} is not taken out: its "
            + "open connections "
            + "are its own, and it is still a last resort there");

    private ControlReply Answer(string message, IReadOnlyList<string> warnings, int? open = null)
    {
        var unkept = memory.Save();
        return new()
        {
            Message = message,
            Warnings = unkept is null ? warnings : [.. warnings, $"this holds only until the proxy restarts: {unkept}"],
            Open = open,
        };
    }

    [LoggerMessage(EventId = EventIds.ControlChange, Message = "An operator ({By}) has set {Cluster}/{Destination}: {Change}.")]
    private partial void LogChange(LogLevel level, string change, string cluster, string destination, PeerIdentity by);

    [LoggerMessage(EventIds.LeaseForced, LogLevel.Warning,
        "An operator ({By}) has taken out {Cluster}/{Destination}, the last one of {Cluster}, by force ({Change}): "
            + "clients are refused until a destination is enabled.")]
    private partial void LogForced(PeerIdentity by, string cluster, string destination, string change);

    [LoggerMessage(EventIds.LeaseRefused, LogLevel.Information,
        "An operator ({By}) was refused to take out {Cluster}/{Destination}: {Reason}.")]
    private partial void LogRefused(PeerIdentity by, string cluster, string destination, string reason);

    [LoggerMessage(EventIds.ControlClose, LogLevel.Warning,
        "An operator ({By}) has closed {Count} open connections of {Cluster}/{Destination}.")]
    private partial void LogClosed(int count, string cluster, string destination, PeerIdentity by);
}
