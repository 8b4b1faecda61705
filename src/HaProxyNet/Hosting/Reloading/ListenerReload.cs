using System.Net;
using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Failover;
using HaProxyNet.Listening;
using HaProxyNet.Reloading;
using HaProxyNet.Transport;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Hosting.Reloading;

/// <summary>
/// Takes over listeners. A socket belongs to its address: a listener whose address stays keeps its socket, and one that was only given
/// another name takes it over. New addresses are bound before anything changes; old ones are closed after everything has.
/// </summary>
internal sealed partial class ListenerReload(
    ListenerDirectory listeners, ConfigurationInForce inForce, AcceptingPlaces places, ListeningGuard guard, HeldAddresses taken,
    ILogger<ListenerReload> logger) : IReloadPart
{
    public Task<IPreparedPart> PrepareAsync(ProxyOptions next, ICollection<ConfigurationFault> faults)
    {
        var held = SocketsByName();
        var prepared = new Dictionary<string, ListeningSocket>(StringComparer.OrdinalIgnoreCase);
        var bound = new List<ListeningSocket>();
        foreach (var (name, options) in next.Listeners)
        {
            var address = ListenEndPoint.Parse(options.Endpoint);
            var kept = held.GetValueOrDefault(name) is { } own && own.Place.Address.Equals(address)
                ? own
                : address.Port == 0 ? null : held.Values.FirstOrDefault(socket => socket.Place.Address.Equals(address));
            if (kept is null)
            {
                kept = places.Socket(places.Create(name, address, SilenceLimits.From(options.UserTimeout)));
                if (!kept.TryBind() && !(options.WaitForAddress && ListeningSocket.MayBeFreeLater(kept.Obstacle)))
                {
                    faults.Add(taken.FaultOf(EndpointAvailability.ListenerPath(name), address, kept.Obstacle));
                    continue;
                }

                bound.Add(kept);
            }

            prepared[name] = kept;
        }

        return Task.FromResult<IPreparedPart>(new Prepared(this, next, prepared, bound));
    }

    private void Commit(ProxyOptions next, Dictionary<string, ListeningSocket> sockets, IReadOnlyList<ListeningSocket> bound)
    {
        var before = listeners.All;
        listeners.Apply(next);
        foreach (var listener in listeners.All)
        {
            var socket = sockets[listener.Name];
            socket.Place.Target = listener;
            listener.Socket = socket;
        }

        foreach (var gone in before.Except(listeners.All))
        {
            gone.Socket = null;
        }

        foreach (var socket in bound)
        {
            socket.Start();
            LogAdded(socket.Place.Listener, socket.Place.Address);
        }
    }

    private async Task RollBackAsync(
        ProxyOptions before,
        IReadOnlyDictionary<string, ListeningSocket> sockets,
        IEnumerable<ListeningSocket> bound)
    {
        listeners.Apply(before);
        foreach (var listener in listeners.All)
        {
            var socket = sockets.GetValueOrDefault(listener.Name);
            socket?.Place.Target = listener;
            listener.Socket = socket;
        }

        await Task.WhenAll(bound.Select(socket => socket.StopAsync()));
    }

    private async Task RetireAsync(IEnumerable<ListeningSocket> before)
    {
        var old = before.Except(listeners.All.Select(l => l.Socket).OfType<ListeningSocket>()).ToList();
        await Task.WhenAll(old.Select(socket => socket.StopAsync()));
        foreach (var socket in old)
        {
            LogClosed(socket.Place.Listener, socket.Place.Address);
        }

        await guard.AlignAllAsync();
    }

    private sealed class Prepared(
        ListenerReload reload, ProxyOptions next, Dictionary<string, ListeningSocket> sockets,
        IReadOnlyList<ListeningSocket> bound) : IPreparedPart
    {
        private readonly ProxyOptions _optionsBefore = reload.Before;
        private readonly Dictionary<string, ListeningSocket> _before = reload.SocketsByName();

        public Task CommitAsync()
        {
            reload.Commit(next, sockets, bound);
            return Task.CompletedTask;
        }

        public Task GiveUpAsync() => Task.WhenAll(bound.Select(socket => socket.StopAsync()));

        public Task RollBackAsync() => reload.RollBackAsync(_optionsBefore, _before, bound);

        public Task RetireAsync() => reload.RetireAsync(_before.Values);
    }

    private ProxyOptions Before => inForce.Now;

    private Dictionary<string, ListeningSocket> SocketsByName()
        => listeners.All.Where(l => l.Socket is not null).ToDictionary(l => l.Name, l => l.Socket!, StringComparer.OrdinalIgnoreCase);

    [LoggerMessage(EventIds.ListenerAdded, LogLevel.Information, "Listener {Listener} accepts on {Address} from now on.")]
    private partial void LogAdded(string listener, IPEndPoint address);

    [LoggerMessage(EventIds.ListenerClosed, LogLevel.Information,
        "Listener {Listener} does not accept on {Address} any more; its open connections go on.")]
    private partial void LogClosed(string listener, System.Net.IPEndPoint address);
}
