using HaProxyNet.State;
using HaProxyNet.Transport;

namespace HaProxyNet.Selecting;

/// <summary>To the one with the fewest open connections; among those with the same number in turn, so that a burst is spread.</summary>
internal sealed class LeastConnectionsSelector : DestinationSelector
{
    private uint _turn = uint.MaxValue;

    protected override int Pick(ProxyConnection connection, CandidateList candidates)
    {
        var offset = (int)(Interlocked.Increment(ref _turn) % (uint)candidates.Equal);
        var (best, fewest) = (offset, long.MaxValue);
        for (var i = 0; i < candidates.Equal; i++)
        {
            var index = (offset + i) % candidates.Equal;
            var open = candidates.Destinations[index].Active;
            if (open < fewest)
            {
                (best, fewest) = (index, open);
            }
        }

        return best;
    }
}
