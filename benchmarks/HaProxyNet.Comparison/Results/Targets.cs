namespace HaProxyNet.Comparison.Results;

/// <summary>The project's targets; a ratio is ours divided by the peer's, of medians of the same run.</summary>
internal static class Targets
{
    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Target> All =
    [
        new("rpc", "cpu_us", "CPU a connection", 0.95, TargetReference.BestPeer),
        new("rpc", "paced_cpu_us", "CPU a connection, same load for all", 0.95, TargetReference.BestPeer),
        new("rpc", "p99_us", "p99", 1.0, TargetReference.BestPeer),
        new("rpc", "paced_p99_us", "p99, same load for all", 1.0, TargetReference.BestPeer),
        new("kept", "cpu_us", "CPU an RPC", 0.95, TargetReference.BestPeer),
        new("kept", "paced_cpu_us", "CPU an RPC, same load for all", 0.95, TargetReference.BestPeer),
        new("kept", "p99_us", "p99", 1.0, TargetReference.BestPeer),
        new("kept", "paced_p99_us", "p99, same load for all", 1.0, TargetReference.BestPeer),
        new("bulk", "cpu_ms_gb", "CPU a GB, HAProxy with splice", 0.80, TargetReference.BestOfProduct) { Reference = "haproxy" },
        new("bulk", "cpu_ms_gb", "CPU a GB, HAProxy's default", 0.30, TargetReference.Contender) { Reference = "haproxy-default" },
        new("idle", "rss_bytes", "RSS of an idle connection, bytes", 500, TargetReference.Nothing),
        new("idle", "rss_bytes", "RSS of an idle connection", 0.15, TargetReference.BestOfProduct) { Reference = "haproxy" },
        new("rpc", "managed_bytes", "managed bytes a connection", 300, TargetReference.Nothing),
        new("tls-rpc", "cpu_us", "CPU a handshake and RPC, HAProxy", 1.25, TargetReference.BestOfProduct) { Reference = "haproxy" },
        new("tls-bulk", "cpu_ms_gb", "CPU a GB", 0.95, TargetReference.BestPeer),
        new("tls-idle", "rss_bytes", "RSS of an idle connection, bytes", 20_000, TargetReference.Nothing),
        new("failover", "refused_failed", "failed requests, primary killed", 0, TargetReference.Nothing),
        new("failover", "blackhole_failed", "failed requests, primary black-holed", 0, TargetReference.Nothing),
        new("failover", "refused_added_ms", "worst added wait, primary killed, ms", 5, TargetReference.Nothing),
        new("rpc-fronted", "cpu_us", "CPU a connection, PROXY v2 accepted and sent, HAProxy", 0.95, TargetReference.BestOfProduct)
        {
            Reference = "haproxy",
        },
        new("rpc-fronted", "ratio", "CPU a connection, PROXY v2 accepted and sent against none", 1.05, TargetReference.Nothing),
        new("start", "first_reply_ms", "from exec to the first reply, ms", 80, TargetReference.Nothing),
        new("start", "rss_mb", "RSS after the first reply, MB", 35, TargetReference.Nothing),
        new("large", "check_s", "check of 2,000 clusters, s", 3, TargetReference.Nothing),
        new("large", "start_s", "start with 2,000 clusters, s", 5, TargetReference.Nothing),
        new("large", "reload_s", "reload of 2,000 clusters, s", 3, TargetReference.Nothing),
        new("large", "first_scrape_s", "first scrape of 2,000 clusters, s", 2, TargetReference.Nothing),
        new("large", "scrape_s", "scrape of 2,000 clusters, s", 2, TargetReference.Nothing),
        new("down", "busy", "CPU with 5,000 destinations down, % of a core", 10, TargetReference.Nothing),
        new("observed", "lines_ratio", "CPU a connection, start and end lines as JSON against no lines", 1.05, TargetReference.Nothing),
        new("observed", "watched_ratio", "CPU a connection, page open and a scrape a second", 1.03, TargetReference.Nothing),
        new("observed", "uncounted", "log lines lost without a count", 0, TargetReference.Nothing),
    ];
}
