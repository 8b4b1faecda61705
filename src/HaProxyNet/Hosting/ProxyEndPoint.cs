using System.Net;
using System.Net.Sockets;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Connections;
using HaProxyNet.Listening;
using HaProxyNet.Transport;
using Microsoft.AspNetCore.Connections;

namespace HaProxyNet.Hosting;

/// <summary>
/// The address of a proxy listener, given to <c>KestrelServerOptions.Listen</c>. Its own type tells Kestrel which transport binds it:
/// HaProxyNet's transport claims this type and no other, so HTTP endpoints of the same server stay on Kestrel's sockets.
/// </summary>
public sealed class ProxyEndPoint : EndPoint, IAcceptingPlace
{
    private readonly ConnectionLife _life;
    private readonly string _firstName;
    private Listener? _target;

    internal ProxyEndPoint(string listener, IPEndPoint address, ConnectionLife life)
    {
        _firstName = listener;
        Address = address;
        _life = life;
    }

    /// <summary>The listener's name.</summary>
    public string Listener => Volatile.Read(ref _target)?.Name ?? _firstName;

    /// <inheritdoc/>
    Listener IAcceptingPlace.Target
    {
        get => Target;
        set => Target = value;
    }

    /// <summary>The same, for those who know the end point.</summary>
    internal Listener Target
    {
        get => Volatile.Read(ref _target) ?? throw new InvalidOperationException($"No listener is set for {Address}.");
        set => Volatile.Write(ref _target, value);
    }

    /// <summary>How long a silent client is believed to live, for a socket that a reload binds before there is a listener for it.</summary>
    internal SilenceLimits FirstSilence { get; init; } = SilenceLimits.From(new ListenerOptions().UserTimeout);

    /// <summary>The IP address and port to listen on.</summary>
    public IPEndPoint Address { get; }

    /// <summary>
    /// What stands between accept and the proxy's own stages, as connection middleware. None unless the application added some; the
    /// transport then runs the stages themselves, which saves a task a connection.
    /// </summary>
    public ConnectionDelegate? Middleware { get; internal set; }

    /// <inheritdoc/>
    public override AddressFamily AddressFamily => Address.AddressFamily;

    /// <summary>The proxy's own stages, as the end of a chain of middleware; ends when the connection has.</summary>
    internal Task ServeAsync(ConnectionContext context)
    {
        var connection = (ProxyConnection)context;
        var closed = connection.WhenClosed();
        if (connection.TryBegin())
        {
            connection.Lane.Run(connection, static (c, life) => _ = ((ConnectionLife)life).ServeAsync((ProxyConnection)c), _life);
        }

        return closed;
    }

    /// <inheritdoc/>
    SilenceLimits IConnectionSink.Silence => Volatile.Read(ref _target)?.Plan.Silence ?? FirstSilence;

    /// <inheritdoc/>
    LaneConnection IConnectionSink.Accept(Lane lane, TransportSocket client) => new ProxyConnection(lane, Target, client);

    /// <inheritdoc/>
    bool IConnectionSink.MakeRoom() => Target.Waiting.MakeRoom(oneIn: 2) > 0;

    /// <inheritdoc/>
    void IConnectionSink.Serve(LaneConnection accepted)
    {
        var connection = (ProxyConnection)accepted;
        if (Middleware is { } middleware)
        {
            _ = _life.PassThroughAsync(connection, middleware);
        }
        else
        {
            _ = _life.ServeAsync(connection);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Address.ToString();
}
