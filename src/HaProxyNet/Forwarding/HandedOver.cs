using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace HaProxyNet.Forwarding;

/// <summary>What Kestrel takes for its transport: "accepted" are the connections that the proxy's stages have handed over.</summary>
internal sealed class HandedOver : IConnectionListenerFactory, IConnectionListener
{
    private readonly Channel<ConnectionContext> _connections =
        Channel.CreateUnbounded<ConnectionContext>(new UnboundedChannelOptions { SingleReader = true });

    public EndPoint EndPoint { get; } = new HttpFrontEndPoint();

    /// <summary>Hands a connection over; false: it is closed. Any thread.</summary>
    public bool TryPass(ConnectionContext connection) => _connections.Writer.TryWrite(connection);

    /// <summary>Nothing more is handed over.</summary>
    public void Close() => _connections.Writer.TryComplete();

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) => new(this);

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        => await _connections.Reader.WaitToReadAsync(cancellationToken) && _connections.Reader.TryRead(out var connection)
            ? connection
            : null;

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        Close();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => UnbindAsync();
}
