namespace HaProxyNet.Server.Exporting;

/// <summary>
/// How many series of an instrument are sent. The library takes the memory for them when the instrument appears, some 100 bytes each. What
/// has no room is summed up in one series with the attribute <c>otel.metric.overflow</c>.
/// </summary>
internal static class ExportRoom
{
    /// <summary>A hundred clusters of three destinations: each with its outcomes, ways and results.</summary>
    private const int Many = 8000;

    /// <summary>A series a destination.</summary>
    private const int Usual = 1000;

    /// <summary>The runtime's own.</summary>
    private const int Few = 50;

    private static readonly HashSet<string> _withMany = new(StringComparer.Ordinal)
    {
        "haproxynet.connection.ended", "haproxynet.connection.cut", "haproxynet.connection.io", "haproxynet.connect.failures",
        "haproxynet.connect.fall_throughs", "haproxynet.cluster.failovers", "haproxynet.destination.state", "haproxynet.destination.probes",
    };

    /// <summary>The most series of this instrument.</summary>
    public static int Of(string instrument)
        => _withMany.Contains(instrument) ? Many : instrument.StartsWith("haproxynet.", StringComparison.Ordinal) ? Usual : Few;
}
