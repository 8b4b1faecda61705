using System.Net;
using HaProxyNet.Transport;

namespace HaProxyNet.State.Selecting;

/// <summary>To the one with the fewest open connections; among those with the same number in turn, so that a burst is spread.</summary>
internal sealed class LeastConnectionsSelector : DestinationSelector
{
    private uint _turn = uint.MaxValue;

    public override int Peek(IPAddress? client, CandidateList candidates) => Fewest(candidates, Volatile.Read(ref _turn) + 1);

    protected override int Pick(LaneConnection connection, CandidateList candidates)
        => Fewest(candidates, Interlocked.Increment(ref _turn));

    private static int Fewest(CandidateList candidates, uint turn)
    {
        var offset = (int)(turn % (uint)candidates.Equal);
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
