using System.Security.Cryptography;
using HaProxyNet.Control.Documents;
using HaProxyNet.Listening;
using HaProxyNet.Maintaining;
using HaProxyNet.Management.Predecessors;
using HaProxyNet.Reloading;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Tls.Certificates;
using HaProxyNet.Tls.Certificates.Own;
using HaProxyNet.Transport;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Management;

/// <summary>Puts the state of the proxy together for people and programs.</summary>
internal sealed class StatusReader(
    ListenerDirectory listeners, ClusterDirectory clusters, TransportEngine engine, ProxyReadiness readiness,
    ConfigurationInForce configuration,
    StoreCondition store, PredecessorReports predecessors, TimeProvider time)
{
    /// <summary>When the process started.</summary>
    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    public ProxyStatus Read() => new(
        ProxyVersion.Text,
        engine.Name,
        StartedAt,
        readiness.Obstacles().Count == 0,
        [.. listeners.All.Select(Describe)],
        [.. clusters.All.Select(Describe)])
    {
        LastReload = configuration.LastReload is { } last
            ? new(last.At, last.IsTakenOver ? "success" : "failure", [.. last.Faults.Select(f => f.ToString())], last.NeedsRestart)
            : null,
        MaintenanceStore = store.IsShared ? new(store.IsUp, store.Problem) : null,
        Predecessors = predecessors.Describe(),
    };

    private ListenerStatus Describe(Listener listener) => new(
        listener.Name,
        (listener.BoundAddress ?? listener.Plan.Address).ToString(),
        listener.Listens,
        listener.Plan.Cluster?.Name ?? "",
        listener.Open)
    {
        Certificates = listener.Plan.Tls is { } tls ? [.. tls.Settings.Certificates.Shown.Select(Describe)] : [],
    };

    private static CertificateStatus Describe(ServerCertificate shown) => new(
        CertificateNames.Display(shown.Certificate),
        CertificateFacts.KeyLabel(shown.Certificate),
        [.. shown.Names.Select(PeerText.Clean)],
        shown.Certificate.GetCertHashString(HashAlgorithmName.SHA256),
        CertificateFacts.NotAfter(shown.Certificate));

    private ClusterStatus Describe(Cluster cluster) => new(
        cluster.Name,
        cluster.Active.Current?.Name,
        cluster.Group.Pinned,
        cluster.Active.LastSwitch,
        Math.Round(cluster.Active.OnSecondary.TotalSeconds, 3),
        [.. cluster.Plan.Destinations.Select(d => Describe(cluster, d))]);

    private DestinationStatusEntry Describe(Cluster cluster, Destination destination)
    {
        var condition = destination.Condition;
        return new DestinationStatusEntry(
            destination.Name,
            destination.Model.Address.ToString(),
            [.. destination.Addresses.Select(a => a.ToString())],
            destination.Status.Label(),
            condition.State.Label(),
            condition.Reason.Label(),
            ReasonDetail.Of(destination),
            Math.Round(time.GetElapsedTime(condition.Since).TotalSeconds, 3),
            cluster.IsActive(destination),
            destination.LastProven > 0 ? time.GetUtcNow() - time.GetElapsedTime(destination.LastProven) : null,
            destination.Active,
            Math.Round(cluster.Plan.Hedge.After(destination.AcceptTimes).TotalSeconds, 3))
        {
            TakenOut = destination.Decision is { IsOut: true } decision ? decision.Describe() : null,
        };
    }
}
