using HaProxyNet.Tls.Sessions;
using HaProxyNet.Tls.Terminating;

namespace HaProxyNet.Tests.Tls.Terminating;

public sealed class HandshakeCountersTests
{
    [Fact]
    public void Add_VersionAndResult_AreCountedTogether()
    {
        var counters = new HandshakeCounters();
        counters.Add("1.3", HandshakeStatus.Success);
        counters.Add("1.3", HandshakeStatus.Success);
        counters.Add("1.2", HandshakeStatus.Success);
        counters.Add("", HandshakeStatus.TimedOut);
        counters.Add("9.9", HandshakeStatus.Failed);

        Assert.Equal(
            [("none", HandshakeStatus.Failed, 1), (
                "none",
                HandshakeStatus.TimedOut,
                1), ("1.2", HandshakeStatus.Success, 1), ("1.3", HandshakeStatus.Success, 2)],
            counters.Read().Where(c => c.Count > 0));
    }

    [Fact]
    public void Labels_EveryStatus_IsItsOwnAndFitForAMetric()
    {
        var labels = HandshakeStatuses.All.Select(s => s.Label()).ToList();

        Assert.Equal(labels.Count, labels.Distinct().Count());
        Assert.All(labels, label => Assert.Matches("^[a-z_]+$", label));
    }
}
