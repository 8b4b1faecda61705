using System.Net;
using HaProxyNet.Transport;

namespace HaProxyNet.State.Selecting;

/// <summary>The order is the cluster's: the active destination first.</summary>
internal sealed class PrimaryPreferredSelector : DestinationSelector
{
    private PrimaryPreferredSelector()
    {
    }

    public static PrimaryPreferredSelector Instance { get; } = new();

    public override int Peek(IPAddress? client, CandidateList candidates) => 0;

    protected override int Pick(LaneConnection connection, CandidateList candidates) => 0;
}
