namespace HaProxyNet.Vocabulary;

/// <summary>Why a connection was refused before any destination was considered.</summary>
internal enum RefusalReason
{
    /// <summary>It is admitted.</summary>
    None = 0,

    /// <summary>The client's address is not in <c>AllowedClients</c>.</summary>
    NotAllowed,

    /// <summary><c>MaxConnections</c> are open already.</summary>
    MaxConnections,

    /// <summary>Connection middleware of the application that hosts the proxy did not pass it on.</summary>
    Middleware,

    /// <summary>No route has the server name of its hello, and the listener has no cluster for the rest.</summary>
    NoRoute,

    /// <summary>It came from a load balancer of <c>ProxyProtocol.AcceptFrom</c>, without a PROXY header.</summary>
    ProxyHeaderMissing,

    /// <summary>Its PROXY header breaks the rules of the protocol.</summary>
    ProxyHeaderInvalid,

    /// <summary>It began with a PROXY header, and its sender is not in <c>ProxyProtocol.AcceptFrom</c>.</summary>
    ProxyHeaderUnexpected,
}

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
