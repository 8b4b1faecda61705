using System.Net;
using HaProxyNet.Connections;
using HaProxyNet.Listening;
using HaProxyNet.Transport;
using Microsoft.AspNetCore.Connections;

namespace HaProxyNet;

/// <summary>
/// An address where connections are accepted; Kestrel or a reload binds it. It makes a connection of each client that an engine has
/// accepted there, and begins its life.
/// </summary>
/// <param name="name">The listener that it is made for.</param>
/// <param name="address">Where to listen.</param>
/// <param name="life">The stages of a connection.</param>
internal sealed class AcceptingPlace(string name, IPEndPoint address, ConnectionLife life) : IAcceptingPlace
{
    private Listener? _target;

    /// <summary>The name of the listener that it accepts for.</summary>
    public string Listener => Volatile.Read(ref _target)?.Name ?? name;

    /// <inheritdoc/>
    public IPEndPoint Address => address;

    /// <inheritdoc/>
    public Listener Target
    {
        get => Volatile.Read(ref _target) ?? throw new InvalidOperationException($"No listener is set for {address}.");
        set => Volatile.Write(ref _target, value);
    }

    /// <summary>How long a silent client is believed to live, for a socket that a reload binds before there is a listener for it.</summary>
    public required SilenceLimits FirstSilence { get; init; }

    /// <summary>
    /// What the application has put between accept and the proxy's own stages; null: nothing, and the stages run without a task around
    /// them.
    /// </summary>
    public ConnectionDelegate? Middleware { get; set; }

    /// <inheritdoc/>
    public SilenceLimits Silence => Volatile.Read(ref _target)?.Plan.Silence ?? FirstSilence;

    /// <inheritdoc/>
    public LaneConnection Accept(Lane lane, TransportSocket client) => new ProxyConnection(lane, Target, client);

    /// <inheritdoc/>
    public void Serve(LaneConnection accepted)
    {
        var connection = (ProxyConnection)accepted;
        if (Middleware is { } middleware)
        {
            _ = life.PassThroughAsync(connection, middleware);
        }
        else
        {
            _ = life.ServeAsync(connection);
        }
    }

    /// <inheritdoc/>
    public bool MakeRoom() => Target.Waiting.MakeRoom(oneIn: 2) > 0;

    /// <summary>The proxy's own stages, as the end of a chain of middleware; ends when the connection has.</summary>
    public Task ServeAsync(ConnectionContext context)
    {
        var connection = (ProxyConnection)context;
        var closed = connection.WhenClosed();
        if (connection.TryBegin())
        {
            connection.Lane.Run(connection, static (c, life) => _ = ((ConnectionLife)life).ServeAsync((ProxyConnection)c), life);
        }

        return closed;
    }
}
