using Microsoft.AspNetCore.Connections;

namespace HaProxyNet.Hosting;

/// <summary>What an application that embeds the proxy can add to it.</summary>
public sealed class HaProxyNetBuilder
{
    private readonly List<Func<ConnectionDelegate, ConnectionDelegate>> _middleware = [];

    /// <summary>
    /// Puts connection middleware before the proxy's own stages, on every listener; the first one added is the outermost. It runs on the
    /// connection's lane: it must not block, and what it awaits should be rare. A connection that it does not pass on it must abort.
    /// </summary>
    public HaProxyNetBuilder Use(Func<ConnectionDelegate, ConnectionDelegate> middleware)
    {
        ArgumentNullException.ThrowIfNull(middleware);
        _middleware.Add(middleware);
        return this;
    }

    /// <summary>The chain that ends in the proxy's stages; none when nothing was added.</summary>
    internal ConnectionDelegate? Build(ConnectionDelegate stages)
        => _middleware.Count == 0 ? null : Enumerable.Reverse(_middleware).Aggregate(stages, static (next, middleware) => middleware(next));
}
