using System.Net;
using HaProxyNet.Transport;

namespace HaProxyNet.State.Selecting;

/// <summary>Each connection to the next one.</summary>
internal sealed class RoundRobinSelector : DestinationSelector
{
    private uint _turn = uint.MaxValue;

    public override int Peek(IPAddress? client, CandidateList candidates) => (int)((Volatile.Read(ref _turn) + 1) % (uint)candidates.Equal);

    protected override int Pick(LaneConnection connection, CandidateList candidates)
        => (int)(Interlocked.Increment(ref _turn) % (uint)candidates.Equal);
}
