using System.Net;

namespace HaProxyNet.Transport;

/// <summary>
/// One way to move bytes between sockets. An engine binds listeners and owns the lanes on which their connections live;
/// everything above it (admission to closing) is the same for every engine.
/// </summary>
internal abstract class TransportEngine : IAsyncDisposable
{
    /// <summary>The engine's name in <c>build_info</c> and the log.</summary>
    public abstract string Name { get; }

    /// <summary>The lanes on which this engine's connections live.</summary>
    public abstract IReadOnlyList<Lane> Lanes { get; }

    /// <summary>Binds and listens. Connections wait until <see cref="EngineListener.Start"/>.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The address cannot be bound.</exception>
    public abstract EngineListener Bind(IPEndPoint address, IConnectionSink sink);

    public abstract ValueTask DisposeAsync();
}
