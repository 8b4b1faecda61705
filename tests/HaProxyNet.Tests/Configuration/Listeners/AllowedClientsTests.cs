using System.Net;
using HaProxyNet.Configuration.Listeners;

namespace HaProxyNet.Tests.Configuration.Listeners;

public sealed class AllowedClientsTests
{
    [Theory]
    [InlineData("10.0.0.0/8", "10.255.255.255", true)]
    [InlineData("10.0.0.0/8", "11.0.0.0", false)]
    [InlineData("10.0.0.0/8", "::ffff:10.1.2.3", true)]
    [InlineData("10.0.0.0/8", "::ffff:11.1.2.3", false)]
    [InlineData("10.0.0.5", "10.0.0.5", true)]
    [InlineData("10.0.0.5", "10.0.0.6", false)]
    [InlineData("10.0.0.5/32", "::ffff:10.0.0.5", true)]
    [InlineData("0.0.0.0/0", "203.0.113.1", true)]
    [InlineData("0.0.0.0/0", "fd00::1", false)]
    [InlineData("fd00::/8", "fdff::1", true)]
    [InlineData("fd00::/8", "fe80::1%3", false)]
    [InlineData("::/0", "fd00::1", true)]
    [InlineData("::/0", "10.0.0.1", false)]
    [InlineData("::/0", "::ffff:10.0.0.1", false)]
    [InlineData("::1", "::1", true)]
    [InlineData("::ffff:10.0.0.0/104", "10.1.2.3", true)]
    public void Contains_Address_WhenInNetwork(string network, string client, bool expected) =>
        Assert.Equal(expected, AllowedClients.Parse([network]).Contains(IPAddress.Parse(client)));

    [Fact]
    public void Contains_NoNetworks_Everyone()
    {
        Assert.Same(AllowedClients.Everyone, AllowedClients.Parse([]));
        Assert.True(AllowedClients.Everyone.Contains(IPAddress.IPv6Loopback));
    }

    [Fact]
    public void Contains_SeveralNetworks_AnyOfThem()
    {
        var allowed = AllowedClients.Parse(["10.0.0.0/8", "fd00::/8"]);
        Assert.True(allowed.Contains(IPAddress.Parse("fd00::1")));
        Assert.True(allowed.Contains(IPAddress.Parse("10.0.0.1")));
        Assert.False(allowed.Contains(IPAddress.Parse("192.0.2.1")));
    }

    [Fact]
    public void Contains_AnyAddress_AllocatesNothing()
    {
        var allowed = AllowedClients.Parse(["10.0.0.0/8", "fd00::/8"]);
        IPAddress[] clients = [IPAddress.Parse("10.0.0.1"), IPAddress.Parse("::ffff:10.0.0.1"), IPAddress.Parse("fe80::1")];
        var before = 0L;
        var found = 0;
        for (var round = 0; round < 1_000; round++)
        {
            // The first round pays for what the runtime sets up once.
            before = round == 1 ? GC.GetAllocatedBytesForCurrentThread() : before;
            foreach (var client in clients)
            {
                found += allowed.Contains(client) ? 1 : 0;
            }
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(2_000, found);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("everyone", "'everyone' is neither a network nor an IP address")]
    [InlineData("10.0.0/8", "'10.0.0/8' is neither a network nor an IP address")]
    [InlineData("10.0.0.0/33", "'/33' is not a prefix length from /0 to /32")]
    [InlineData("10.0.0.0/", "'/' is not a prefix length from /0 to /32")]
    [InlineData("10.0.0.0/-1", "'/-1' is not a prefix length from /0 to /32")]
    [InlineData("10.0.0.0/255.0.0.0", "'/255.0.0.0' is not a prefix length from /0 to /32")]
    [InlineData("fd00::/129", "'/129' is not a prefix length from /0 to /128")]
    [InlineData("10.0.0.1/8", "'10.0.0.1/8' has bits set behind its prefix: the network is 10.0.0.0/8")]
    [InlineData("fd00::1/8", "'fd00::1/8' has bits set behind its prefix: the network is fd00::/8")]
    public void TryParse_Invalid_SaysWhy(string text, string problem)
    {
        Assert.False(ClientNetwork.TryParse(text, out _, out var given));
        Assert.Equal(problem, given);
        Assert.Throws<FormatException>(() => AllowedClients.Parse([text]));
    }
}
