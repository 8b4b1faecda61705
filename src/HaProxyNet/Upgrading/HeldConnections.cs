using HaProxyNet.Closing;
using HaProxyNet.Connections;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Handover;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Upgrading.State;
using HaProxyNet.Upgrading.Wire;

namespace HaProxyNet.Upgrading;

/// <summary>The connections of one round of a hand-over: held together, and given together or taken back together. One thread.</summary>
internal sealed class HeldConnections(TransportEngine engine)
{
    private readonly List<(IHandoverLane Lane, HandedRelay Handed)> _held = [];

    /// <summary>How many are held.</summary>
    public int Count => _held.Count;

    /// <summary>Holds the connections that have been quiet since a moment, and sends them.</summary>
    /// <exception cref="HandoverException">The other process does not take them.</exception>
    public async Task SendAsync(HandoverSocket socket, long quietSince)
    {
        foreach (var lane in engine.Lanes.OfType<IHandoverLane>())
        {
            var relays = (await lane.HoldAsync(quietSince)).Select(RelayCodec.Describe).ToList();
            _held.AddRange(relays.Select(handed => (lane, handed)));
            foreach (var some in relays.Chunk(RelayCodec.MostRelays))
            {
                socket.Send(HandoverKind.Relays, RelayCodec.Encode(some), [.. some.SelectMany(handed => handed.Relay.Descriptors)]);
            }
        }
    }

    /// <summary>Takes all back.</summary>
    /// <param name="cut">
    /// The other process had them, and is gone: which bytes it has moved is not known, so they are reset. Else nothing has happened.
    /// </param>
    public async Task GoOnAsync(bool cut)
    {
        foreach (var (_, handed) in cut ? _held : [])
        {
            handed.Relay.Connection!.TryRequestAbort(ConnectionOutcome.InternalError);
        }

        foreach (var (lane, relays) in ByLane(_held))
        {
            await lane.GoOnAsync(relays);
        }

        _held.Clear();
    }

    /// <summary>Lets go what the other process has taken, and takes back what it could not.</summary>
    /// <param name="refused">The places, in the order in which they were sent, of those that it could not take.</param>
    /// <returns>How many it has taken.</returns>
    public async Task<int> LeaveAsync(IReadOnlySet<int> refused)
    {
        var (taken, left) =
            (_held.Where((_, index) => !refused.Contains(index)).ToList(), _held.Where((_, index) => refused.Contains(index)).ToList());
        foreach (var (lane, relays) in ByLane(taken))
        {
            await lane.LeaveAsync(relays, static connection => ConnectionCloser.HandOver((ProxyConnection)connection));
        }

        foreach (var (lane, relays) in ByLane(left))
        {
            await lane.GoOnAsync(relays);
        }

        _held.Clear();
        return taken.Count;
    }

    private static IEnumerable<(
        IHandoverLane Lane,
        IReadOnlyList<HeldRelay> Relays)> ByLane(IEnumerable<(IHandoverLane Lane, HandedRelay Handed)> held)
        => held.GroupBy(one => one.Lane).Select(lane => (lane.Key, (IReadOnlyList<HeldRelay>)[.. lane.Select(one => one.Handed.Relay)]));
}
