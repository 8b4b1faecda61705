using System.Net;
using HaProxyNet.Listening;

namespace HaProxyNet.Tests.Listening;

public sealed class WaitingClientsTests
{
    private static readonly IPAddress _crowd = IPAddress.Parse("10.0.0.9");

    [Fact]
    public void Choose_OneAddressHasMost_ItsOldest()
        => Assert.Equal([2, 4], WaitingClients.Choose(
            [New(1, "10.0.0.1", 0), New(2, _crowd, 1), New(3, _crowd, 8), New(4, _crowd, 2), New(5, "10.0.0.2", 3), New(6, _crowd, 9)], 2));

    [Fact]
    public void Choose_ManyAddresses_TheOldestOfAll()
        => Assert.Equal(
            [3, 1], WaitingClients.Choose([New(1, "10.0.0.1", 4), New(2, "10.0.0.2", 5), New(3, "10.0.0.3", 1), New(4, "10.0.0.1", 6)], 2));

    /// <summary>One machine that takes another address of its /64 each time is one crowd.</summary>
    [Fact]
    public void Choose_OneNetworkOfIPv6HasMost_ItsOldest()
        => Assert.Equal([3, 5], WaitingClients.Choose(
            [
                New(1, "10.0.0.1", 0), New(2, "2001:db8:0:1::1", 1), New(3, "2001:db8::1", 3), New(4, "2001:db8::2", 9),
                New(5, "2001:db8::3", 4),
            ],
            2));

    [Fact]
    public void Choose_NeighboursOfACrowdInItsNetwork_AreNotChosen()
        => Assert.Equal([2, 3], WaitingClients.Choose(
            [New(1, "2001:db8::1", 0), New(2, "2001:db8::bad", 1), New(3, "2001:db8::bad", 2), New(4, "10.0.0.1", 0)], 2));

    [Fact]
    public void Choose_Nobody_Nothing() => Assert.Empty(WaitingClients.Choose([], 3));

    [Fact]
    public void TryMakeRoom_NobodyWaits_False() => Assert.False(new WaitingClients().TryMakeRoom());

    private static WaitingClient New(int place, string address, long since) => New(place, IPAddress.Parse(address), since);

    private static WaitingClient New(int place, IPAddress address, long since) => new(place, address, since);
}
