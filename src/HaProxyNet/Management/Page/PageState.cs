using HaProxyNet.Control.Documents;
using HaProxyNet.Management.History.Records;

namespace HaProxyNet.Management.Page;

/// <summary>What an open page is sent, each second and whenever something changes.</summary>
/// <param name="Now">The proxy's clock.</param>
/// <param name="Status">What <c>/api/v1/status</c> says.</param>
/// <param name="Words">Sentences and commands, by cluster and destination.</param>
/// <param name="Figures">What happened within the last seconds.</param>
/// <param name="FigureSeconds">How many seconds that are.</param>
internal sealed record PageState(
    DateTimeOffset Now,
    ProxyStatus Status,
    IReadOnlyList<ClusterPage> Words,
    IReadOnlyList<ClusterMinute> Figures,
    double FigureSeconds)
{
    /// <summary>The certificates that the proxy shows and sees, the one that expires first at the top.</summary>
    public IReadOnlyList<CertificatePage> Certificates { get; init; } = [];

    /// <summary>The last changes of state, the newest first.</summary>
    public IReadOnlyList<StateEvent> Events { get; init; } = [];

    /// <summary>Open connections, the oldest first; not all of them when there are many.</summary>
    public IReadOnlyList<SessionEntry> Sessions { get; init; } = [];
}
