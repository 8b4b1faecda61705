using HaProxyNet.Transport.Handover;

namespace HaProxyNet.Transport.Reactor.Loop;

/// <summary>
/// Relays of another process that a lane goes on with, some in each turn: thousands at once would keep those that came first from the lane.
/// </summary>
internal sealed class ReactorAdoption(
    ReactorLane lane, IReadOnlyList<ReceivedRelay> relays, Func<ReceivedRelay, TransportSocket, TransportSocket, LaneConnection> make,
    IRelayFollower then) : ITurnTaker
{
    /// <summary>Under a millisecond's work.</summary>
    private const int InOneTurn = 32;

    private int _next;

    /// <inheritdoc/>
    public void Continue()
    {
        for (var left = InOneTurn; left > 0 && _next < relays.Count; left--)
        {
            lane.Adopt(relays[_next++], make, then);
        }

        if (_next < relays.Count)
        {
            lane.ContinueLater(this);
        }
    }
}
