using System.Net;
using HaProxyNet.Listening;
using Microsoft.AspNetCore.Connections;

namespace HaProxyNet.Transport;

/// <summary>
/// What Kestrel sees of a listener. Kestrel decides when it is bound and unbound; connections are served on their lanes and never pass
/// through <see cref="AcceptAsync"/>, so that none is dispatched twice.
/// </summary>
internal sealed class ProxyConnectionListener : IConnectionListener
{
    private readonly EngineListener _engineListener;
    private readonly Listener _listener;
    private readonly TaskCompletionSource<ConnectionContext?> _unbound = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ProxyConnectionListener(EngineListener engineListener, Listener listener)
    {
        _engineListener = engineListener;
        _listener = listener;
        listener.Bound(this, engineListener.BoundAddress);
    }

    public EndPoint EndPoint => _engineListener.BoundAddress;

    /// <summary>Ends with null when the listener is unbound.</summary>
    public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        => new(_unbound.Task.WaitAsync(cancellationToken));

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _listener.Unbound();
        await _engineListener.StopAcceptingAsync();
        _unbound.TrySetResult(null);
    }

    /// <inheritdoc cref="EngineListener.PauseAsync"/>
    public ValueTask PauseAsync() => _engineListener.PauseAsync();

    /// <inheritdoc cref="EngineListener.ResumeAsync"/>
    public ValueTask ResumeAsync() => _engineListener.ResumeAsync();

    public async ValueTask DisposeAsync()
    {
        await UnbindAsync();
        await _engineListener.DisposeAsync();
    }
}
