
namespace HaProxyNet.Control.Documents;

/// <summary>The answer of <c>/api/v1/status</c>.</summary>
/// <param name="Version">The proxy's version.</param>
/// <param name="Engine">The transport engine.</param>
/// <param name="StartedAt">When the process started.</param>
/// <param name="Ready">Whether <c>/readyz</c> says so.</param>
/// <param name="Listeners">What clients connect to.</param>
/// <param name="Clusters">Where connections go.</param>
public sealed record ProxyStatus(
    string Version,
    string Engine,
    DateTimeOffset StartedAt,
    bool Ready,
    IReadOnlyList<ListenerStatus> Listeners,
    IReadOnlyList<ClusterStatus> Clusters)
{
    /// <summary>The last reload of the configuration; null: there was none.</summary>
    public ReloadStatus? LastReload { get; init; }

    /// <summary>The store that other proxies know as well; null: this proxy knows its own decisions alone.</summary>
    public MaintenanceStoreStatus? MaintenanceStore { get; init; }

    /// <summary>Processes before this one that an upgrade has left with connections: those figures are not among the others.</summary>
    public IReadOnlyList<PredecessorStatus> Predecessors { get; init; } = [];
}
