using HaProxyNet.Transport.Native;
using HaProxyNet.Transport.Reactor.Loop;

namespace HaProxyNet.Transport.Reactor.Relaying;

/// <summary>
/// Streams whose sender's socket wakes the lane only when much has come (SO_RCVLOWAT, socket(7)): half the wakes, and fewer and larger
/// packets for the receiver. The end of such a stream may be less than much, and nothing tells of it: a stream that has been silent for a
/// millisecond is read, and begins anew. On the lane only.
/// </summary>
internal sealed class GatheringStreams(ReactorLane lane)
{
    /// <summary>
    /// Bytes that wake the lane, and that are asked for at once: six whole packets of the loopback interface (MSS 65,483), so that none is
    /// sent with a small one behind it. Measured: docs/performance-decisions.md.
    /// </summary>
    public const int Much = 6 * 65_483;

    /// <summary>
    /// Bytes after which a stream gathers. The millisecond that its end may be late is less than a tenth of what they took, on any network.
    /// </summary>
    public const long After = 16 * 1024 * 1024;

    /// <summary>The shortest wait that epoll_wait(2) knows.</summary>
    private const int PatienceMilliseconds = 1;

    private readonly List<ReactorRelay> _relays = [];
    private readonly long _patience = lane.ToTimestamp(TimeSpan.FromMilliseconds(PatienceMilliseconds));
    private long _nextLook;

    /// <summary>How long the lane may sleep, in milliseconds; below zero: no limit.</summary>
    public int LongestSleep => _relays.Count > 0 ? PatienceMilliseconds : -1;

    /// <summary>From now on this socket wakes for much. False where the system does not let it.</summary>
    public static bool Begin(int descriptor)
        => Descriptor.SetOption(descriptor, Linux.LevelSocket, Linux.OptionReceiveLowWater, Much) == 0;

    /// <summary>From now on this socket wakes for any byte.</summary>
    public static void End(int descriptor) => Descriptor.SetOption(descriptor, Linux.LevelSocket, Linux.OptionReceiveLowWater, 1);

    /// <summary>A relay has a stream that gathers.</summary>
    public void Add(ReactorRelay relay) => _relays.Add(relay);

    /// <summary>Lets the streams go on that have been silent, and forgets the relays that have none any more.</summary>
    public void Look(long now)
    {
        if (_relays.Count == 0 || now < _nextLook)
        {
            return;
        }

        _nextLook = now + _patience;
        for (var i = _relays.Count - 1; i >= 0; i--)
        {
            var relay = _relays[i];
            if (!relay.EndPauses(now - _patience))
            {
                relay.PausesAreUnseen();
                _relays[i] = _relays[^1];
                _relays.RemoveAt(_relays.Count - 1);
            }
        }
    }
}
