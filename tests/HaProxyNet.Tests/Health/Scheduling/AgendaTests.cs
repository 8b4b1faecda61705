using HaProxyNet.Health.Scheduling;
using HaProxyNet.State;

namespace HaProxyNet.Tests.Health.Scheduling;

public sealed class AgendaTests
{
    private readonly Agenda _agenda = new();
    private readonly Cluster _cluster = OneCluster.With(4);

    private Destination this[int i] => _cluster.Plan.Destinations[i];

    [Fact]
    public void Take_NothingPutDown_Nothing()
    {
        Assert.Null(_agenda.Take(1000));
        Assert.Null(_agenda.NextAt);
    }

    [Fact]
    public void Take_SeveralAreDue_InTheOrderOfTheirTimesAndNoneBefore()
    {
        _agenda.Put(_cluster, this[0], 30);
        _agenda.Put(_cluster, this[1], 10);
        _agenda.Put(_cluster, this[2], 20);

        Assert.Equal(10, _agenda.NextAt);
        Assert.Null(_agenda.Take(9));
        Assert.Equal([this[1], this[2]], TakeAll(20));
        Assert.Equal([this[0]], TakeAll(30));
    }

    [Fact]
    public void Take_Changed_BeforeAllThatIsDue()
    {
        _agenda.Put(_cluster, this[0], 5);
        _agenda.Note(_cluster, this[3]);

        Assert.Equal(0, _agenda.NextAt);
        Assert.Equal([this[3], this[0]], TakeAll(5));
    }

    [Fact]
    public void Note_Cluster_AllItsDestinations()
    {
        _agenda.Note(_cluster);
        Assert.Equal(_cluster.Plan.Destinations, TakeAll(0));
    }

    [Fact]
    public void Put_Sooner_TheLaterTimeIsForgotten()
    {
        _agenda.Put(_cluster, this[0], 50);
        _agenda.Put(_cluster, this[0], 10);

        Assert.Equal([this[0]], TakeAll(10));
        Assert.Empty(TakeAll(1000));
    }

    [Fact]
    public void Put_Later_TheSoonerTimeStands()
    {
        _agenda.Put(_cluster, this[0], 10);
        _agenda.Put(_cluster, this[0], 50);
        Assert.Equal([this[0]], TakeAll(10));
    }

    /// <summary>A destination that changes a thousand times a minute must not make the queue long.</summary>
    [Fact]
    public void Put_AgainAndAgain_OneLook()
    {
        for (var i = 0; i < 1000; i++)
        {
            _agenda.Put(_cluster, this[0], 100 + i);
        }

        Assert.Equal([this[0]], TakeAll(10_000));
    }

    private List<Destination> TakeAll(long now)
    {
        List<Destination> taken = [];
        while (_agenda.Take(now) is { } entry)
        {
            taken.Add(entry.Destination);
        }

        return taken;
    }
}
