using System.Net;
using HaProxyNet.Listening;
using Microsoft.AspNetCore.Connections;

namespace HaProxyNet.Hosting;

/// <summary>
/// What Kestrel sees of a listener that it has bound. Connections are served on their lanes and never pass through
/// <see cref="AcceptAsync"/>, so that none is dispatched twice. A reload may stop the socket before Kestrel unbinds it: then there is
/// nothing left to do here.
/// </summary>
internal sealed class ProxyConnectionListener(ListeningSocket socket) : IConnectionListener
{
    private readonly TaskCompletionSource<ConnectionContext?> _unbound = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EndPoint EndPoint => socket.BoundAddress ?? socket.Place.Address;

    /// <summary>Ends with null when the listener is unbound.</summary>
    public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        => new(_unbound.Task.WaitAsync(cancellationToken));

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await socket.StopAsync();
        _unbound.TrySetResult(null);
    }

    public ValueTask DisposeAsync() => UnbindAsync();
}
