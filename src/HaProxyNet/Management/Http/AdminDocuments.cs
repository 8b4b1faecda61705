using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using HaProxyNet.Control.Documents;
using HaProxyNet.Management.Events;
using HaProxyNet.Management.Scraping;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Management.Http;

/// <summary>The documents of the admin endpoint that grow with the configuration or the traffic.</summary>
internal sealed class AdminDocuments(
    MetricsPublisher metrics, StatusReader status, SessionReader sessions, EventJournal events, InternalFaults faults)
{
    /// <summary>The metrics in Prometheus' text format.</summary>
    public SharedDocument Metrics { get; } = Share(FaultPlace.Metrics, () => metrics.ReadAsync(CancellationToken.None), faults);

    /// <summary>What <c>status</c> says.</summary>
    public SharedDocument Status { get; } = Share(FaultPlace.Admin, () => Json(status.Read(), StatusJson.Default.ProxyStatus), faults);

    /// <summary>The open connections.</summary>
    public SharedDocument Sessions { get; }
        = Share(FaultPlace.Admin, async () => await Json(await sessions.ReadAsync(), StatusJson.Default.IReadOnlyListSessionEntry), faults);

    /// <summary>The last changes of state.</summary>
    public SharedDocument Events { get; } =
        Share(FaultPlace.Admin, () => Json(events.Read(), StatusJson.Default.IReadOnlyListStateEvent), faults);

    /// <summary>The pauses spare the processor, whatever clock the proxy itself goes by.</summary>
    private static SharedDocument Share(FaultPlace place, Func<Task<ReadOnlyMemory<byte>>> write, InternalFaults faults)
        => new(place, write, faults, TimeProvider.System);

    private static Task<ReadOnlyMemory<byte>> Json<T>(T document, JsonTypeInfo<T> form)
        => Task.FromResult<ReadOnlyMemory<byte>>(JsonSerializer.SerializeToUtf8Bytes(document, form));
}
