using HaProxyNet.Transport.Handover;
using HaProxyNet.Transport.Native;
using HaProxyNet.Transport.Reactor.Relaying;

namespace HaProxyNet.Transport.Reactor.Loop;

/// <content>Relays that go to another process, or come from one.</content>
internal sealed partial class ReactorLane
{
    public async Task<IReadOnlyList<HeldRelay>> HoldAsync(long quietSince)
    {
        var held = new List<HeldRelay>();
        await RunAsync(() => held.AddRange(_table.Connections()
            .Where(connection => connection.DestinationSocket is not null)
            .Select(connection => connection.Activity)
            .OfType<ReactorRelay>()
            .Where(relay => !relay.IsHeld && relay.LastByteAt <= quietSince)
            .Select(relay => relay.Hold())));
        return held;
    }

    public Task GoOnAsync(IReadOnlyList<HeldRelay> relays) => RunAsync(() =>
    {
        foreach (var held in relays)
        {
            _faults.Contain(LanePlace.Work, static relay => ((ReactorRelay)relay.Connection!.Activity!).GoOn(), held);
        }
    });

    public Task LeaveAsync(IReadOnlyList<HeldRelay> relays, Action<LaneConnection> then) => RunAsync(() =>
    {
        foreach (var held in relays)
        {
            ((ReactorRelay)held.Connection!.Activity!).Leave();
            then(held.Connection);
        }
    });

    public void Adopt(
        IReadOnlyList<HeldRelay> relays,
        Func<HeldRelay, TransportSocket, TransportSocket, LaneConnection> make,
        IRelayFollower then) => Post(new ReactorAdoption(this, relays, make, then).Continue);

    /// <summary>Goes on with one of them. What is thrown by it ends that one alone.</summary>
    public void Adopt(HeldRelay held, Func<HeldRelay, TransportSocket, TransportSocket, LaneConnection> make, IRelayFollower then)
        => _faults.Contain(
            LanePlace.Work,
            static one => one.Lane.GoOnWith(one.Held, one.Make, one.Then),
            (Lane: this, Held: held, Make: make, Then: then));

    /// <summary>Hears no more of a socket that stays open.</summary>
    public void Deregister(ReactorSocket socket)
    {
        socket.Owner = null;
        EpollEvents.Remove(_epoll, socket.Descriptor);
    }

    /// <summary>Hears of a socket again: of all that is true of it now.</summary>
    public bool RegisterAgain(ReactorSocket socket) => EpollEvents.Add(_epoll, socket.Descriptor, Everything, socket.EventData) == 0;

    private void GoOnWith(HeldRelay held, Func<HeldRelay, TransportSocket, TransportSocket, LaneConnection> make, IRelayFollower then)
    {
        var client = Register(held.Client.Descriptor, RawAddress.From(held.Client.Address));
        var destination = Register(held.Destination.Descriptor, RawAddress.From(held.Destination.Address));
        if (client is null || destination is null)
        {
            // Only a system without memory refuses that: the peers are told.
            client?.Reset();
            destination?.Reset();
            return;
        }

        var connection = make(held, client, destination);
        client.Connection = connection;
        Limit(client, connection.ClientSilence.UserTimeoutMilliseconds, KeepAliveStage.On);
        Limit(destination, connection.DestinationSilence.UserTimeoutMilliseconds, KeepAliveStage.Fresh);
        var relay = _idleRelays.TryPop(out var used) ? used : new ReactorRelay(this);
        relay.Adopt(connection, held, then);
    }
}
