namespace HaProxyNet.FunctionalTests.Fixture;

/// <summary>The log line of one connection, read from its fields.</summary>
internal sealed record ConnectionLine(
    string Listener, string Client, string Cluster, string Destination, int Attempts, string Reason, string Outcome, string ClosedBy,
    long BytesIn,
    long BytesOut, string? TlsVersion = null, string? Sni = null, string? TlsAlert = null, string? Peer = null)
{
    public static ConnectionLine From(LogEntry entry) => new(
        entry.Field("Listener"),
        entry.Field("Client"),
        entry.Field("Cluster"),
        entry.Field("Destination"),
        (int)(long)entry.Fields["Attempts"]!,
        entry.Field("Reason"),
        entry.Field("Outcome"),
        entry.Field("ClosedBy"),
        (long)entry.Fields["BytesIn"]!,
        (long)entry.Fields["BytesOut"]!,
        (string?)entry.Fields.GetValueOrDefault("TlsVersion"),
        (string?)entry.Fields.GetValueOrDefault("Sni"),
        (string?)entry.Fields.GetValueOrDefault("TlsAlert"),
        (string?)entry.Fields.GetValueOrDefault("Peer"));
}
