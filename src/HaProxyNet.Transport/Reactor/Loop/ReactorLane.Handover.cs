using HaProxyNet.Transport.Handover;
using HaProxyNet.Transport.Native;
using HaProxyNet.Transport.Reactor.Relaying;

namespace HaProxyNet.Transport.Reactor.Loop;

/// <content>Relays that go to another process, or come from one.</content>
internal sealed partial class ReactorLane
{
    public async IAsyncEnumerable<IReadOnlyList<HeldRelay>> CopyAsync(int atOnce)
    {
        foreach (var some in (await Snapshot()).Chunk(atOnce))
        {
            var copies = new List<HeldRelay>(some.Length);
            await RunAsync(() =>
            {
                foreach (var connection in some)
                {
                    if (RelayOf(connection)?.Copy() is { } copy)
                    {
                        copies.Add(copy);
                    }
                }
            });
            yield return copies;
        }
    }

    public async Task<IReadOnlyList<HeldRelay>> HoldAsync(Func<LaneConnection, bool> isWanted)
    {
        var held = new List<HeldRelay>();
        await RunAsync(() =>
        {
            foreach (var connection in _table.Connections())
            {
                if (RelayOf(connection) is { IsHeld: false } relay && isWanted(connection))
                {
                    held.Add(relay.Hold());
                }
            }
        });
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

    public Task PrepareAsync(IReadOnlyList<ReceivedRelay> relays) => RunAsync(() =>
    {
        foreach (var received in relays)
        {
            received.Client = Prepare(received.Relay.Client);
            received.Destination = Prepare(received.Relay.Destination);
        }
    });

    public void Adopt(
        IReadOnlyList<ReceivedRelay> relays,
        Func<ReceivedRelay, TransportSocket, TransportSocket, LaneConnection> make,
        IRelayFollower then) => Post(new ReactorAdoption(this, relays, make, then).Continue);

    /// <summary>Goes on with one of them. What is thrown by it ends that one alone.</summary>
    public void Adopt(
        ReceivedRelay received, Func<ReceivedRelay, TransportSocket, TransportSocket, LaneConnection> make, IRelayFollower then)
        => _faults.Contain(
            LanePlace.Work,
            static one => one.Lane.GoOnWith(one.Received, one.Make, one.Then),
            (Lane: this, Received: received, Make: make, Then: then));

    public void Drop(IReadOnlyList<ReceivedRelay> relays) => Post(() =>
    {
        foreach (var received in relays)
        {
            (received.Client as ReactorSocket)?.LetGo();
            (received.Destination as ReactorSocket)?.LetGo();
        }
    });

    /// <summary>Hears no more of a socket that stays open.</summary>
    public void Deregister(ReactorSocket socket)
    {
        socket.Owner = null;
        EpollEvents.Remove(_epoll, socket.Descriptor);
    }

    private static ReactorRelay? RelayOf(LaneConnection connection)
        => connection.DestinationSocket is null ? null : connection.Activity as ReactorRelay;

    private ReactorSocket? Prepare(HeldPeer peer)
    {
        var socket = Register(peer.Descriptor, RawAddress.From(peer.Address), isOurs: false);

        // Its limits are the other process's matter until it is ours.
        socket?.KeepAlive = KeepAliveStage.On;
        return socket;
    }

    private void GoOnWith(
        ReceivedRelay received, Func<ReceivedRelay, TransportSocket, TransportSocket, LaneConnection> make, IRelayFollower then)
    {
        var held = received.Relay;
        var client = (ReactorSocket?)received.Client ?? Register(held.Client.Descriptor, RawAddress.From(held.Client.Address));
        var destination = (ReactorSocket?)received.Destination
            ?? Register(held.Destination.Descriptor, RawAddress.From(held.Destination.Address));
        if (client is null || destination is null)
        {
            // Only a system without memory refuses that: the peers are told.
            client?.Reset();
            destination?.Reset();
            return;
        }

        // The process before closes its own descriptors of them in its own time.
        client.IsShared = destination.IsShared = true;
        var connection = make(received, client, destination);
        client.Connection = connection;
        Limit(client, connection.ClientSilence.UserTimeoutMilliseconds, KeepAliveStage.On);
        Limit(destination, connection.DestinationSilence.UserTimeoutMilliseconds, KeepAliveStage.Fresh);
        var relay = _idleRelays.TryPop(out var used) ? used : new ReactorRelay(this);
        relay.Adopt(connection, held, then);
    }
}
