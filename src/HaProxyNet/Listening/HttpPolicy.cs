using HaProxyNet.Configuration.Listeners;

namespace HaProxyNet.Listening;

/// <summary>How a listener speaks HTTP.</summary>
/// <param name="AffinityCookie">The cookie that keeps a browser at its destination; null: none.</param>
internal sealed record HttpPolicy(string? AffinityCookie)
{
    /// <summary>Reads the settings of a listener; null: it does not speak HTTP.</summary>
    public static HttpPolicy? From(ListenerOptions options)
        => options.Protocol is not ListenerProtocol.Http ? null
            : new HttpPolicy(options.Http.AffinityCookie is { Length: > 0 } cookie ? cookie : null);
}
