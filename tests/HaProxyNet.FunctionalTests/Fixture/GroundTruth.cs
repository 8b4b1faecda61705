using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.FunctionalTests.Fixture;

/// <summary>
/// What must hold at the end of every scenario, whatever happened in it: the proxy is at rest, and its log, its counters, its gauges and
/// what the peers know say the same.
/// </summary>
internal sealed class GroundTruth
{
    /// <summary>A destination's name may have no address: it is passed over without an attempt.</summary>
    public bool NamesMayNotResolve { get; set; }

    /// <summary>The configuration changed: destinations may have come and gone.</summary>
    public bool DestinationsMayChange { get; set; }

    /// <summary>An attempt may be given up without having failed: an earlier one was accepted first.</summary>
    public bool AttemptsMayBeLost { get; set; }

    /// <summary>
    /// A destination has several addresses: an attempt at another one of them is no fall-through, and no failure of its own.
    /// </summary>
    public bool AddressesAreSeveral { get; set; }

    /// <summary>A destination may have clients of its own, besides the proxy.</summary>
    public bool DestinationsHaveOtherClients { get; set; }

    /// <summary>An earlier proxy has had connections to the same destinations: their bytes are not this one's alone.</summary>
    public bool WasRestarted { get; set; }

    /// <summary>Peers send and receive bytes of TLS itself, or PROXY headers: they count other bytes than the proxy does.</summary>
    public bool PeersCountTls { get; set; }

    /// <summary>
    /// The listener speaks HTTP: a client's connection may have several destinations, one after the other, and a line for each; peers count
    /// other bytes than the proxy does.
    /// </summary>
    public bool ClientsSpeakHttp { get; set; }

    /// <summary>The application's own middleware fails.</summary>
    public bool ApplicationMayFail { get; set; }

    public async Task CheckAsync(TestProxy proxy, IReadOnlyList<TestDestination> destinations)
    {
        await RestAsync(proxy);
        var metrics = await proxy.ScrapeAsync();
        NothingWentWrong(proxy.Log);
        ConnectionsAreCounted(proxy, metrics);
        if (!WasRestarted)
        {
            BytesAreCounted(proxy, metrics, destinations);
        }

        AttemptsAreCounted(proxy, metrics);
        SwitchesAreCounted(proxy, metrics);
        TimesAreKnown(proxy, metrics);
        CutsAreCounted(proxy, metrics);
        if (!DestinationsMayChange)
        {
            StatesAreKnown(proxy, metrics);
            if (!DestinationsHaveOtherClients)
            {
                DestinationsSawThem(proxy, metrics, destinations);
            }
        }
    }

    private static async Task RestAsync(TestProxy proxy)
    {
        var metrics = await proxy.ScrapeAsync();
        var open = await proxy.ConnectionsAsync();
        await Eventually.TrueAsync(
            async () =>
            {
                metrics = await proxy.ScrapeAsync();
                open = await proxy.ConnectionsAsync();
                return open.Count == 0
                    && proxy.Listener.Open == 0
                    && metrics.Series("connections_active").All(s => s.Value == 0)
                    && proxy.Log.Lines.Count + metrics.Sum("connections_refused_total") >= proxy.Clients.Connections;
            },
            () => $"no connection is open; listener: {proxy.Listener.Open}, lanes: {open.Count}, connections_active: "
                + $"{metrics.Sum("connections_active")}, ended: {proxy.Log.Lines.Count} of {proxy.Clients.Connections}");
    }

    private void NothingWentWrong(LogCapture log)
    {
        // The host may tell of exceptions of its own below Warning; the proxy has none to tell of at any level.
        // Looked at once: what is logged meanwhile belongs to neither half.
        var entries = log.Entries.ToList();
        var own = entries.Where(e => e.Category.StartsWith("HaProxyNet.", StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(own, e => (e.Fault is not null && !ApplicationMayFail) || e.Level is LogLevel.Critical);
        Assert.DoesNotContain(entries.Except(own), e => e.Level >= LogLevel.Error);
    }

    private void ConnectionsAreCounted(TestProxy proxy, MetricsSnapshot metrics)
    {
        var lines = proxy.Log.Lines;

        // One that was refused when it had a destination already is counted as refused, and has a line.
        if (!ClientsSpeakHttp)
        {
            Assert.Equal(
                proxy.Clients.Connections, lines.Count(l => l.Outcome != "proxy_header") + metrics.Sum("connections_refused_total"));
        }

        Assert.Equal(
            lines.GroupBy(l => $"{l.Listener} {l.Cluster} {l.Destination} {l.Outcome}").Select(g => $"{g.Key} {g.Count()}").Order(),
            metrics.Counted("connections_total")
                .Select(s => $"{s.Labels["listener"]} {s.Labels["cluster"]} {s.Labels["destination"]} {s.Labels["outcome"]} {s.Value}")
                .Order());
    }

    private void BytesAreCounted(TestProxy proxy, MetricsSnapshot metrics, IReadOnlyList<TestDestination> destinations)
    {
        var lines = proxy.Log.Lines;
        Assert.Equal(lines.Sum(l => l.BytesIn), metrics.Sum("bytes_total", "direction=in"));
        Assert.Equal(lines.Sum(l => l.BytesOut), metrics.Sum("bytes_total", "direction=out"));
        if (PeersCountTls || ClientsSpeakHttp)
        {
            return;
        }

        Assert.InRange(lines.Sum(l => l.BytesIn), destinations.Sum(d => d.Traffic.Received), proxy.Clients.Offered);
        Assert.InRange(lines.Sum(l => l.BytesOut), proxy.Clients.Received, destinations.Sum(d => d.Traffic.Offered));
    }

    /// <summary>
    /// Every attempt that a line tells of succeeded, failed, or was cut off by the end of the connection: one of them, and all of them
    /// where they were hedged.
    /// </summary>
    private void AttemptsAreCounted(TestProxy proxy, MetricsSnapshot metrics)
    {
        var lines = proxy.Log.Lines;
        var connected = lines.Count(l => l.Destination.Length > 0);
        var cutOff = lines.Where(l => l.Destination.Length == 0 && l.Outcome != "no_destination")
            .Sum(l => AttemptsMayBeLost ? l.Attempts : Math.Min(1, l.Attempts));
        var failed = metrics.Sum("connect_failures_total");
        var lost = AddressesAreSeveral ? lines.Sum(l => l.Attempts) : AttemptsMayBeLost ? lines.Count : 0;
        Assert.InRange(lines.Sum(l => l.Attempts), connected + failed, connected + failed + cutOff + lost);
        Assert.Equal(connected, metrics.Sum("connect_seconds_count"));
        if (!NamesMayNotResolve && !AddressesAreSeveral)
        {
            Assert.Equal(lines.Sum(l => Math.Max(0, l.Attempts - 1)), metrics.Sum("fall_throughs_total"));
        }
    }

    private static void SwitchesAreCounted(TestProxy proxy, MetricsSnapshot metrics)
    {
        var switches = new[] { EventIds.Failover, EventIds.Failback, EventIds.AllDown }.SelectMany(proxy.Log.Events);
        Assert.Equal(
            switches.GroupBy(e =>
                $"{e.Field("Cluster")} {e.Field("From")} {(e.Id == EventIds.AllDown ? "none" : e.Field("To"))} {e.Field("Reason")}")
                .Select(g => $"{g.Key} {g.Count()}").Order(),
            metrics.Counted("failovers_total")
                .Select(s => $"{s.Labels["cluster"]} {s.Labels["from"]} {s.Labels["to"]} {s.Labels["reason"]} {s.Value}").Order());
    }

    /// <summary>
    /// Each destination that went down was detected once; the time of the last switch is known if there was one, and time on the secondary
    /// too.
    /// </summary>
    private void TimesAreKnown(TestProxy proxy, MetricsSnapshot metrics)
    {
        Assert.Equal(proxy.Log.Events(EventIds.DestinationDown).Count, metrics.Sum("failover_detection_seconds_count"));
        Assert.Equal(
            metrics.Counted("failovers_total").Select(s => s.Labels["cluster"]).Distinct().Order(),
            metrics.Series("last_failover_timestamp_seconds").Select(s => s.Labels["cluster"]).Order());
        if (!DestinationsMayChange && proxy.Log.Events(EventIds.Failover).Count == 0 && metrics.Sum("failovers_total", "from=none") == 0)
        {
            Assert.Equal(0, metrics.Sum("seconds_on_secondary_total"));
        }
    }

    private static void CutsAreCounted(TestProxy proxy, MetricsSnapshot metrics)
    {
        string[] cuts = ["failed_back", "destination_down", "closed_by_admin", "drain_deadline", "idle_timeout"];
        Assert.Equal(
            proxy.Log.Lines.Where(l => l.Destination.Length > 0 && cuts.Contains(l.Outcome))
                .GroupBy(l => $"{l.Cluster} {l.Destination} {l.Outcome}").Select(g => $"{g.Key} {g.Count()}").Order(),
            metrics.Counted("sessions_cut_total")
                .Select(s => $"{s.Labels["cluster"]} {s.Labels["destination"]} {s.Labels["reason"]} {s.Value}").Order());
    }

    private static void StatesAreKnown(TestProxy proxy, MetricsSnapshot metrics)
    {
        var active = proxy.Cluster.Plan.Destinations.FirstOrDefault(d => metrics.Sum("destination_up", $"destination={d.Name}") == 1);
        foreach (var name in proxy.Cluster.Plan.Destinations.Select(d => d.Name))
        {
            var last = proxy.Log.Entries.LastOrDefault(e => e.Id is EventIds.DestinationUp or EventIds.DestinationDown
                && e.Category.StartsWith("HaProxyNet.", StringComparison.Ordinal) && e.Field("Destination") == name);
            Assert.Equal(last is { Id: EventIds.DestinationDown } ? 0 : 1, metrics.Sum("destination_up", $"destination={name}"));
            var sharesWithActive = proxy.Cluster.Plan.IsBalanced
                && proxy.Cluster.Find(name)?.Model.Tier == active?.Model.Tier
                && last is not { Id: EventIds.DestinationDown };
            Assert.Equal(name == active?.Name || sharesWithActive ? 1 : 0, metrics.Sum("active_destination", $"destination={name}"));
        }
    }

    /// <summary>
    /// What a destination accepted is what the proxy says it connected, and its probes; no more. Fewer are those that were reset before the
    /// destination's system had told it of them.
    /// </summary>
    private static void DestinationsSawThem(TestProxy proxy, MetricsSnapshot metrics, IReadOnlyList<TestDestination> destinations)
    {
        var unfinished = proxy.Log.Lines.Count(l => l.Destination.Length == 0);
        foreach (var destination in destinations.Where(d => d.Traffic.Connections > 0))
        {
            var connected = metrics.Sum("connections_total", $"destination={destination.Name}");
            var probed = new[]
            {
                "success",
                "tls_failed",
            }.Sum(result => metrics.Sum("probes_total", $"destination={destination.Name}", $"result={result}"));
            var refusedLater = metrics.Sum("connect_failures_total", $"destination={destination.Name}", "reason=tls");
            var completed = metrics.Sum("connections_total", $"destination={destination.Name}", "outcome=completed");
            Assert.InRange(destination.Traffic.Connections, completed, connected + probed + unfinished + refusedLater);
        }
    }
}
