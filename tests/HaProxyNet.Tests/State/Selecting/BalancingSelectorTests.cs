using HaProxyNet.Configuration.Clusters;
using HaProxyNet.State;
using HaProxyNet.State.Selecting;

namespace HaProxyNet.Tests.State.Selecting;

/// <summary>The policies that look at the destinations, not at the client.</summary>
public sealed class BalancingSelectorTests
{
    private readonly Destination[] _destinations =
        [.. "abcd".Select((name, i) => Destinations.Create(name.ToString(), i, tier: i < 3 ? 0 : 1))];

    [Fact]
    public void RoundRobin_InTurnAndOnlyAmongEquals()
    {
        var picks = Picks(SelectionPolicy.RoundRobin, 6, open: false);

        Assert.Equal(["abcd", "bcad", "cabd", "abcd", "bcad", "cabd"], picks);
    }

    [Fact]
    public void LeastConnections_NothingOpen_InTurn()
        => Assert.Equal(["abcd", "bcad", "cabd"], Picks(SelectionPolicy.LeastConnections, 3, open: true));

    [Fact]
    public void LeastConnections_SomeOpen_FillsTheEmptiest()
    {
        _destinations[0].Traffic(0).Open();
        _destinations[0].Traffic(1).Open();
        _destinations[1].Traffic(0).Open();

        Assert.Equal("bcc", string.Concat(Picks(SelectionPolicy.LeastConnections, 3, open: true).Select(p => p[..1]).Order()));
        Assert.Equal((2, 2, 2), (_destinations[0].Active, _destinations[1].Active, _destinations[2].Active));
    }

    [Fact]
    public void PrimaryPreferred_OneAtTheHead_AlwaysTheSameArray()
    {
        var list = new CandidateList([], _destinations, 1);

        Assert.Same(_destinations, DestinationSelector.Create(new ClusterOptions(), TimeProvider.System).Select(null!, list));
    }

    [Theory]
    [InlineData(SelectionPolicy.RoundRobin)]
    [InlineData(SelectionPolicy.LeastConnections)]
    public void Peek_HoweverOften_IsTheNextPick(SelectionPolicy policy)
    {
        var selector = DestinationSelector.Create(new ClusterOptions { Policy = policy }, TimeProvider.System);
        var list = new CandidateList([], _destinations, 3);
        for (var i = 0; i < 7; i++)
        {
            var next = selector.Peek(client: null, list);
            Assert.Equal(next, selector.Peek(client: null, list));
            var picked = selector.Select(null!, list)[0];
            Assert.Same(list.StartingAt(next)[0], picked);
            picked.Traffic(0).Open();
        }
    }

    private List<string> Picks(SelectionPolicy policy, int count, bool open)
    {
        var selector = DestinationSelector.Create(new ClusterOptions { Policy = policy }, TimeProvider.System);
        var list = new CandidateList([], _destinations, 3);
        var picks = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var order = selector.Select(null!, list);
            picks.Add(string.Concat(order.Select(d => d.Name)));
            if (open)
            {
                order[0].Traffic(0).Open();
            }
        }

        return picks;
    }
}
