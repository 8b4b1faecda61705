using HaProxyNet.Closing;
using HaProxyNet.Connections;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Handover;
using HaProxyNet.Transport.Native;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Upgrading.State;
using HaProxyNet.Upgrading.Wire;

namespace HaProxyNet.Upgrading;

/// <summary>
/// The connections that another process is to go on with. They may be copied first, while their bytes move on; then they are held together,
/// and given together or taken back together. One caller at a time.
/// </summary>
internal sealed class HeldConnections(TransportEngine engine)
{
    private readonly Dictionary<long, HeldRelay> _copied = [];
    private readonly HashSet<long> _refused = [];
    private readonly List<(IHandoverLane Lane, HandedRelay Handed)> _held = [];

    /// <summary>How many are held.</summary>
    public int Count => _held.Count;

    /// <summary>Sends all that are open, for the other process to prepare itself. Nothing stands still.</summary>
    /// <exception cref="HandoverException">The other process does not take them.</exception>
    public async Task CopyAsync(HandoverSocket socket)
    {
        foreach (var lane in engine.Lanes.OfType<IHandoverLane>())
        {
            await foreach (var copies in lane.CopyAsync(RelayCodec.MostRelays))
            {
                try
                {
                    SendRelays(socket, [.. copies.Select(RelayCodec.Describe)]);
                }
                finally
                {
                    CloseCopies(copies);
                }
            }
        }
    }

    /// <summary>The other process cannot take these: they are not held, and not sent again.</summary>
    public void Refuse(IEnumerable<long> numbers)
    {
        foreach (var number in numbers)
        {
            _refused.Add(number);
            _copied.Remove(number);
        }
    }

    /// <summary>Holds all: from the return on none of their bytes moves.</summary>
    public Task HoldAsync() => Task.WhenAll(engine.Lanes.OfType<IHandoverLane>().Select(async lane =>
    {
        var relays = await lane.HoldAsync(connection => !_refused.Contains(((ProxyConnection)connection).Number.Value));
        lock (_held)
        {
            _held.AddRange(relays.Select(held => (lane, RelayCodec.Describe(held))));
        }
    }));

    /// <summary>Sends what the other process does not know of those that are held.</summary>
    /// <returns>What goes with the word that they are its own.</returns>
    /// <exception cref="HandoverException">The other process does not take it.</exception>
    public CommitTerms SendDifference(HandoverSocket socket)
    {
        var difference = HandoverDifference.Of(_copied, [.. _held.Select(one => one.Handed)]);
        foreach (var some in difference.Changed.Chunk(ChangeCodec.MostChanges))
        {
            socket.Send(HandoverKind.Changed, ChangeCodec.Encode(some), [.. some.SelectMany(change => change.Descriptors)]);
        }

        foreach (var some in difference.Begun.Chunk(RelayCodec.MostRelays))
        {
            SendRelays(socket, some);
        }

        return new CommitTerms(ProxyConnection.HighestNumber, difference.Ended);
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

        await Task.WhenAll(ByLane(_held).Select(part => part.Lane.GoOnAsync(part.Relays)));
        Forget();
    }

    /// <summary>Lets go what the other process has taken, and takes back what it could not.</summary>
    /// <param name="refused">The numbers of those that it could not take.</param>
    /// <returns>How many it has taken.</returns>
    public async Task<int> LeaveAsync(IReadOnlySet<long> refused)
    {
        var (left, taken) = (ByLane(_held.Where(one => refused.Contains(one.Handed.Number))), _held.Count);
        foreach (var (lane, relays) in left)
        {
            taken -= relays.Count;
            await lane.GoOnAsync(relays);
        }

        await Task.WhenAll(ByLane(_held.Where(one => !refused.Contains(one.Handed.Number))).Select(part
            => part.Lane.LeaveAsync(part.Relays, static connection => ConnectionCloser.HandOver((ProxyConnection)connection))));
        Refuse(refused);
        Forget();
        return taken;
    }

    private void Forget()
    {
        _held.Clear();
        _copied.Clear();
    }

    private static void SendRelays(HandoverSocket socket, HandedRelay[] relays)
    {
        if (relays.Length > 0)
        {
            socket.Send(HandoverKind.Relays, RelayCodec.Encode(relays), [.. relays.SelectMany(handed => handed.Relay.Descriptors)]);
        }
    }

    /// <summary>What was sent with a message lives on in it.</summary>
    private void CloseCopies(IEnumerable<HeldRelay> copies)
    {
        foreach (var copy in copies)
        {
            _copied[((ProxyConnection)copy.Connection!).Number.Value] = copy;
            _ = Libc.Close(copy.Client.Descriptor);
            _ = Libc.Close(copy.Destination.Descriptor);
        }
    }

    private static IReadOnlyList<(IHandoverLane Lane, IReadOnlyList<HeldRelay> Relays)> ByLane(
        IEnumerable<(IHandoverLane Lane, HandedRelay Handed)> held)
        => [.. held.GroupBy(one => one.Lane)
            .Select(lane => (lane.Key, (IReadOnlyList<HeldRelay>)[.. lane.Select(one => one.Handed.Relay)]))];
}
