using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace HaProxyNet.Hosting.Reloading;

/// <summary>
/// What Kestrel accepts admin connections from. Behind it is one listening socket, or none; it can be exchanged while Kestrel waits.
/// </summary>
internal sealed class AdminListener : IConnectionListener
{
    private readonly Channel<ConnectionContext> _accepted = Channel.CreateBounded<ConnectionContext>(1);
    private AdminSocket? _socket;

    public EndPoint EndPoint => Volatile.Read(ref _socket)?.EndPoint ?? AdminEndPoint.Instance;

    /// <summary>The descriptor of its socket; null: it has none.</summary>
    public int? Descriptor => Volatile.Read(ref _socket)?.Descriptor;

    /// <summary>Accepts from another socket from now on, and lets the one before go; null: from none.</summary>
    public async Task ExchangeAsync(AdminSocket? socket)
    {
        if (socket is not null)
        {
            _ = AcceptAsync(socket);
        }

        if (Interlocked.Exchange(ref _socket, socket) is { } before)
        {
            await before.UnbindAsync();
            await before.DisposeAsync();
        }
    }

    /// <summary>Ends with null when Kestrel unbinds it.</summary>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await _accepted.Reader.WaitToReadAsync(cancellationToken))
        {
            if (_accepted.Reader.TryRead(out var connection))
            {
                return connection;
            }
        }

        return null;
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await ExchangeAsync(socket: null);
        _accepted.Writer.TryComplete();
    }

    public ValueTask DisposeAsync() => UnbindAsync();

    /// <summary>Ends when the socket is unbound.</summary>
    private async Task AcceptAsync(AdminSocket socket)
    {
        while (await socket.AcceptAsync() is { } connection)
        {
            if (!await PassOnAsync(connection))
            {
                await connection.DisposeAsync();
            }
        }
    }

    private async Task<bool> PassOnAsync(ConnectionContext connection)
    {
        try
        {
            await _accepted.Writer.WriteAsync(connection);
            return true;
        }
        catch (ChannelClosedException)
        {
            return false;
        }
    }
}
