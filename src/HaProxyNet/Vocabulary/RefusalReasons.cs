namespace HaProxyNet.Vocabulary;

/// <summary>The words for refusals.</summary>
internal static class RefusalReasons
{
    /// <summary>Every reason for which a connection is refused.</summary>
    public static IReadOnlyList<RefusalReason> All { get; } = [.. Enum.GetValues<RefusalReason>().Where(r => r is not RefusalReason.None)];

    /// <summary>The label in metrics.</summary>
    public static string Label(this RefusalReason reason) => reason switch
    {
        RefusalReason.NotAllowed => "not_allowed",
        RefusalReason.MaxConnections => "max_connections",
        RefusalReason.Middleware => "middleware",
        RefusalReason.NoRoute => "no_route",
        RefusalReason.ProxyHeaderMissing => "proxy_header_missing",
        RefusalReason.ProxyHeaderInvalid => "proxy_header_invalid",
        RefusalReason.ProxyHeaderUnexpected => "proxy_header_unexpected",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
