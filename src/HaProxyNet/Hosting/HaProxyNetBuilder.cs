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

    /// <summary>
    /// Plays a failover once in the background after the start, on loopback ports of its own, so that the clients of the first real one do
    /// not wait for the just-in-time compiler. Costs about a second of one core; does nothing in a native build.
    /// </summary>
    public HaProxyNetBuilder Rehearse()
    {
        WantsRehearsal = true;
        return this;
    }

    /// <summary>Whether <see cref="Rehearse"/> was called.</summary>
    internal bool WantsRehearsal { get; private set; }

    /// <summary>The chain that ends in the proxy's stages; none when nothing was added.</summary>
    internal ConnectionDelegate? Build(ConnectionDelegate stages)
        => _middleware.Count == 0 ? null : Enumerable.Reverse(_middleware).Aggregate(stages, static (next, middleware) => middleware(next));
}
