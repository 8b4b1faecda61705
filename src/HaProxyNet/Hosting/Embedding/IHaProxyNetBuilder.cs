using Microsoft.AspNetCore.Connections;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What an application that embeds the proxy can add to it. Not thread-safe; used before the application is built.</summary>
public interface IHaProxyNetBuilder
{
    /// <summary>The application's services.</summary>
    IServiceCollection Services { get; }

    /// <summary>
    /// Puts connection middleware before the proxy's own stages, on every listener; the first one added is the outermost. It runs on the
    /// connection's lane: it must not block, and what it awaits should be rare. A connection that it does not pass on it must abort.
    /// </summary>
    /// <param name="middleware">Makes a step of the one that follows it.</param>
    IHaProxyNetBuilder Use(Func<ConnectionDelegate, ConnectionDelegate> middleware);

    /// <summary>
    /// Plays a failover once in the background after the start, on loopback ports of its own, so that the clients of the first real one do
    /// not wait for the just-in-time compiler. Costs about a second of one core; does nothing in a native build.
    /// </summary>
    IHaProxyNetBuilder Rehearse();
}
