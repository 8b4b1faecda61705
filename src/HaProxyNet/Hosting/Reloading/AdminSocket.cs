using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace HaProxyNet.Hosting.Reloading;

/// <summary>
/// A listening socket of the admin endpoint, which another process may have as well while it takes over. Its end is a plain close: no call
/// is under way then, because .NET would end the listening itself to interrupt one, for the other process too.
/// </summary>
internal sealed class AdminSocket : IConnectionListener
{
    private const int Backlog = 512;
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    private readonly Socket _listening;
    private readonly SocketConnectionContextFactory _connections;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private Task<Socket>? _accepting;

    private AdminSocket(Socket listening, SocketConnectionContextFactory connections)
        => (_listening, _connections, EndPoint) = (listening, connections, listening.LocalEndPoint!);

    public EndPoint EndPoint { get; }

    /// <summary>What another process is given.</summary>
    public int Descriptor => (int)_listening.SafeHandle.DangerousGetHandle();

    /// <exception cref="AddressInUseException">Another process has the address.</exception>
    /// <exception cref="SocketException">It cannot be had for another reason.</exception>
    public static AdminSocket Bind(IPEndPoint address, SocketConnectionContextFactory connections)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(address);
        try
        {
            socket.Listen(Backlog);
            return new(socket, connections);
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>One that another process has opened; it listens already.</summary>
    public static AdminSocket Of(int descriptor, SocketConnectionContextFactory connections)
        => new(new Socket(new SafeSocketHandle(descriptor, ownsHandle: true)), connections);

    /// <summary>Ends with null when it is unbound. One caller at a time.</summary>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (Begin() is { } accepting)
        {
            try
            {
                var socket = await accepting;
                socket.NoDelay = true;
                return _connections.Create(socket);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
            catch (SocketException fault) when (fault.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
            {
                // That client has gone; the next one has not.
            }
            catch (SocketException)
            {
                // No descriptor, or no memory: the client waits in the backlog until there is some.
                await Task.Delay(_pause, TimeProvider.System, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        return null;
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        Task? accepting;
        lock (_gate)
        {
            _end.Cancel();
            accepting = _accepting;
        }

        if (accepting is not null)
        {
            await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _listening.Dispose();
    }

    public ValueTask DisposeAsync() => UnbindAsync();

    /// <summary>Null: it is unbound.</summary>
    private Task<Socket>? Begin()
    {
        lock (_gate)
        {
            return _accepting = _end.IsCancellationRequested ? null : _listening.AcceptAsync(_end.Token).AsTask();
        }
    }
}
