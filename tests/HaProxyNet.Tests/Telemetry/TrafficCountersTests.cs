using HaProxyNet.Telemetry;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Tests.Telemetry;

public sealed class TrafficCountersTests
{
    [Fact]
    public void OpenAndClose_FromManyThreads_NothingIsLostAndNoneIsOpen()
    {
        var traffic = new TrafficCounters();

        Parallel.For(0, 10_000, i =>
        {
            traffic.Open();
            traffic.Close(i % 2 == 0 ? ConnectionOutcome.Completed : ConnectionOutcome.ClientReset, bytesIn: 3, bytesOut: 5);
        });

        Assert.Equal((0L, 30_000L, 50_000L), (traffic.Active, traffic.BytesIn, traffic.BytesOut));
        Assert.Equal((5_000L, 5_000L), (traffic.Ended(ConnectionOutcome.Completed), traffic.Ended(ConnectionOutcome.ClientReset)));
    }

    [Fact]
    public void EndUnconnected_WasNeverOpen_OnlyTheOutcomeIsCounted()
    {
        var traffic = new TrafficCounters();

        traffic.EndUnconnected(ConnectionOutcome.NoDestination);

        Assert.Equal((0L, 1L), (traffic.Active, traffic.Ended(ConnectionOutcome.NoDestination)));
    }
}
