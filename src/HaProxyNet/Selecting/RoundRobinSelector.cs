using HaProxyNet.State;
using HaProxyNet.Transport;

namespace HaProxyNet.Selecting;

/// <summary>Each connection to the next one.</summary>
internal sealed class RoundRobinSelector : DestinationSelector
{
    private uint _turn = uint.MaxValue;

    protected override int Pick(ProxyConnection connection, CandidateList candidates)
        => (int)(Interlocked.Increment(ref _turn) % (uint)candidates.Equal);
}
