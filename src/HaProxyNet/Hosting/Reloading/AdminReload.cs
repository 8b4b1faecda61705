using System.Net;
using System.Net.Sockets;
using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Listening;
using HaProxyNet.Reloading;
using HaProxyNet.Telemetry;
using HaProxyNet.Transport.Handover;
using HaProxyNet.Vocabulary;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Hosting.Reloading;

/// <summary>
/// Binds the admin endpoint for Kestrel, moves it when a reload says so, hands it over at an upgrade, and lets it go when the proxy drains.
/// </summary>
#pragma warning disable CA1001 // Kestrel disposes of the listener that it has bound.
internal sealed partial class AdminReload(
#pragma warning restore CA1001
    SocketConnectionContextFactory connections, ConfigurationInForce inForce, ServingGate gate, Succession succession,
    InternalFaults faults, HeldAddresses taken, ILogger<AdminReload> logger, InheritedSockets? inherited = null)
    : IReloadPart, IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly AdminListener _listener = new();
    private bool _isUsed;
    private string _address = "";

    public bool CanBind(EndPoint endpoint) => endpoint is AdminEndPoint;

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        _isUsed = true;
        _address = inForce.Now.Admin.Endpoint;
        succession.When(_ => LetGoAsync());
        succession.Hand(() => _listener.Descriptor);
        if (_address.Length > 0 && gate.WhenFree.IsCompleted)
        {
            await _listener.ExchangeAsync(Open(ListenEndPoint.Parse(_address)));
        }
        else if (_address.Length > 0)
        {
            _ = faults.ContainAsync(FaultPlace.Admin, OpenWhenFreeAsync, ListenEndPoint.Parse(_address));
        }

        return _listener;
    }

    /// <summary>Lets the address go: the next process may have it. Requests under way are answered.</summary>
    public Task LetGoAsync() => _listener.ExchangeAsync(socket: null);

    public Task<IPreparedPart> PrepareAsync(ProxyOptions next, ICollection<ConfigurationFault> faults)
    {
        var address = next.Admin.Endpoint;
        AdminSocket? bound = null;
        if (_isUsed && address.Length > 0 && !IsSame(address, _address))
        {
            try
            {
                bound = Open(ListenEndPoint.Parse(address));
            }
            catch (Exception fault) when (fault is IOException or SocketException)
            {
                faults.Add(taken.FaultOf(EndpointAvailability.AdminPath, ListenEndPoint.Parse(address), ErrorOf(fault)));
            }
        }

        return Task.FromResult<IPreparedPart>(new Prepared(this, _address, address, bound));
    }

    /// <summary>
    /// The process before answers until it has handed over; clients that connect in between wait in the backlog that both have. Another
    /// address than its own is bound when it has gone.
    /// </summary>
    private async Task OpenWhenFreeAsync(IPEndPoint address)
    {
        var handed = Inherited(address);
        await gate.WhenFree;
        await _listener.ExchangeAsync(handed ?? AdminSocket.Bind(address, connections));
    }

    private AdminSocket Open(IPEndPoint address) => Inherited(address) ?? AdminSocket.Bind(address, connections);

    private AdminSocket? Inherited(IPEndPoint address)
        => inherited is not null && inherited.TryTake(address, out var socket)
            ? AdminSocket.Of(socket.Descriptor, connections)
            : null;

    private async Task CommitAsync(string address, AdminSocket? bound)
    {
        if (_isUsed && !IsSame(address, _address))
        {
            _address = address;
            await _listener.ExchangeAsync(bound);
            LogMoved(address.Length > 0 ? address : "off");
        }
    }

    private async Task GoBackAsync(string before)
    {
        if (_isUsed && !IsSame(before, _address))
        {
            await CommitAsync(before, before.Length > 0 ? Open(ListenEndPoint.Parse(before)) : null);
        }
    }

    /// <summary>Whether two texts are one place: <c>localhost</c> and <c>127.0.0.1</c> are.</summary>
    private static bool IsSame(string one, string other)
        => one == other || (one.Length > 0 && other.Length > 0 && ListenEndPoint.Parse(one).Equals(ListenEndPoint.Parse(other)));

    private static SocketError ErrorOf(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException socket)
            {
                return socket.SocketErrorCode;
            }
        }

        return SocketError.AddressAlreadyInUse;
    }

    private sealed record Prepared(AdminReload Reload, string Before, string Address, AdminSocket? Bound) : IPreparedPart
    {
        public Task CommitAsync() => Reload.CommitAsync(Address, Bound);

        public Task GiveUpAsync() => Bound?.DisposeAsync().AsTask() ?? Task.CompletedTask;

        public Task RollBackAsync() => Reload.GoBackAsync(Before);

        public Task RetireAsync() => Task.CompletedTask;
    }

    [LoggerMessage(EventIds.AdminMoved, LogLevel.Information, "The admin endpoint is {Address} from now on.")]
    private partial void LogMoved(string address);
}
