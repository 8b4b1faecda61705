using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Tests.State;

public sealed class DestinationTrafficTests
{
    /// <summary>With hundreds of listeners and thousands of destinations, counters for each pair would be most of the memory.</summary>
    [Fact]
    public void Traffic_HighIndex_OnlyThatListenerHasCounters()
    {
        var destination = Destinations.Create("primary");

        var counters = destination.Traffic(200);
        counters.Open();

        Assert.Same(counters, destination.Traffic(200));
        Assert.Single(destination.AllTraffic.Take(200).Distinct());
        Assert.Equal(1, destination.Active);
    }

    /// <summary>Counters of one's own from the first connection on, whatever index came first.</summary>
    [Fact]
    public void Traffic_LowerIndexLater_HasItsOwn()
    {
        var destination = Destinations.Create("primary");
        destination.Traffic(3).Open();

        destination.Traffic(1).Open();
        destination.ForgetTraffic(3);

        Assert.Equal(1, destination.Active);
        Assert.Equal(0, destination.AllTraffic[0].Ended(ConnectionOutcome.Completed));
        Assert.False(destination.AllTraffic[0].IsUsed);
    }
}
