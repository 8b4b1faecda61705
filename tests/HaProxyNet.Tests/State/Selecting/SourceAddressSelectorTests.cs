using System.Net;
using HaProxyNet.State;
using HaProxyNet.State.Selecting;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.State.Selecting;

public sealed class SourceAddressSelectorTests
{
    private const int Clients = 10_000;
    private static readonly IPAddress[] _clients =
        [.. Enumerable.Range(0, Clients).Select(i => new IPAddress([10, 1, (byte)(i >> 8), (byte)i]))];
    private readonly FakeTimeProvider _time = new();
    private readonly Destination[] _destinations = [.. "abcde".Select(name => Destinations.Create(name.ToString(), tier: 0))];

    [Fact]
    public void Pick_TenThousandClients_EvenlySpread()
    {
        var share = Picks(Selector(), List(_destinations[..4])).GroupBy(d => d.Name).Select(g => g.Count());

        Assert.All(share, count => Assert.InRange(count, Clients / 4 * 0.9, Clients / 4 * 1.1));
    }

    [Fact]
    public void Pick_TwoProxies_ChooseAlike()
        => Assert.Equal(Picks(Selector(), List(_destinations)), Picks(Selector(), List([.. _destinations.Reverse()])));

    [Fact]
    public void Pick_OneGoes_OnlyItsClientsMove()
    {
        var selector = Selector();
        var before = Picks(selector, List(_destinations));

        var after = Picks(selector, List(_destinations[1..]));

        Assert.All(before.Zip(after).Where(p => p.First != _destinations[0]), p => Assert.Same(p.First, p.Second));
        Assert.DoesNotContain(_destinations[0], after);
    }

    [Fact]
    public void Pick_OneIsAdded_NoClientThatIsRememberedMoves()
    {
        var selector = Selector();
        var before = Picks(selector, List(_destinations[1..]));

        Assert.Equal(before, Picks(selector, List(_destinations)));
    }

    [Fact]
    public void Pick_OneIsAddedAndNoClientIsRemembered_OnlyItsShareMoves()
    {
        var before = Picks(Selector(), List(_destinations[1..]));

        var moved = before.Zip(Picks(Selector(), List(_destinations))).Where(p => p.First != p.Second).ToList();

        Assert.All(moved, p => Assert.Same(_destinations[0], p.Second));
        Assert.InRange(moved.Count, Clients / 5 * 0.9, Clients / 5 * 1.1);
    }

    [Fact]
    public void Pick_ItsDestinationGoesAndComesBack_StaysWhereItWent()
    {
        var selector = Selector();
        Picks(selector, List(_destinations));
        var without = Picks(selector, List(_destinations[1..]));

        Assert.Equal(without, Picks(selector, List(_destinations)));
    }

    [Fact]
    public void Peek_IsTheNextPickAndRemembersNothing()
    {
        var selector = Selector();
        var list = List(_destinations);
        Assert.Equal(-1, selector.Peek(client: null, list));
        foreach (var client in _clients[..100])
        {
            Assert.Equal(selector.Peek(client, list), selector.Pick(client, list));
        }

        // A look does not keep a client: what it had is forgotten when the expiry has passed since its last connection.
        var without = List(_destinations[1..]);
        var moved = _clients[..100].First(client => selector.Pick(client, list) == 0);
        selector.Pick(moved, without);
        _time.Advance(TimeSpan.FromMinutes(59));
        selector.Peek(moved, list);
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(0, selector.Peek(moved, list));
    }

    [Fact]
    public void Pick_NotSeenForTheExpiry_IsForgotten()
    {
        var selector = Selector();
        var fresh = Picks(selector, List(_destinations));
        Picks(selector, List(_destinations[1..]));
        _time.Advance(TimeSpan.FromMinutes(61));

        Assert.Equal(fresh, Picks(selector, List(_destinations)));
    }

    [Fact]
    public void Pick_IPv4AndItsMappedForm_AreOneClient() => Assert.All(
        _clients.Take(100),
        client => Assert.Equal(Selector().Pick(client, List(_destinations)), Selector().Pick(client.MapToIPv6(), List(_destinations))));

    private SourceAddressSelector Selector() => new(TimeSpan.FromHours(1), _time);

    private static CandidateList List(Destination[] destinations) => new([], destinations, destinations.Length);

    private static List<Destination> Picks(SourceAddressSelector selector, CandidateList list)
        => [.. _clients.Select(client => list.Destinations[selector.Pick(client, list)])];
}
