using System.Net;

namespace HaProxyNet.Transport;

/// <summary>A listening socket of an engine.</summary>
internal abstract class EngineListener : IAsyncDisposable
{
    /// <summary>The address that is bound; the port is the real one where 0 was asked for.</summary>
    public abstract IPEndPoint BoundAddress { get; }

    /// <summary>Closes the listening socket after the connections that wait in its backlog have been accepted. May be called twice.</summary>
    public abstract ValueTask StopAcceptingAsync();

    public abstract ValueTask DisposeAsync();
}
