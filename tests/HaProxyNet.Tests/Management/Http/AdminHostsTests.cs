using System.Net;
using System.Net.NetworkInformation;
using HaProxyNet.Listening;
using HaProxyNet.Management.Http;
using Microsoft.AspNetCore.Http;

namespace HaProxyNet.Tests.Management.Http;

public sealed class AdminHostsTests
{
    [Theory]
    [InlineData("localhost:9090", true)]
    [InlineData("LOCALHOST", true)]
    [InlineData("localhost.:9090", true)]
    [InlineData("127.0.0.1:9090", true)]
    [InlineData("127.1.2.3", true)]
    [InlineData("[::1]:9090", true)]
    [InlineData("[::ffff:127.0.0.1]:9090", true)]
    [InlineData("proxy1.corp.example:9090", true)]
    [InlineData("Proxy1.Corp.Example.", true)]
    [InlineData("192.0.2.7:9090", true)]
    [InlineData("", true)]
    [InlineData("attacker.example:9090", false)]
    [InlineData("localhost.attacker.example", false)]
    [InlineData("127.0.0.1.attacker.example", false)]
    [InlineData("198.51.100.9:9090", false)]
    [InlineData("[2001:db8::9]:9090", false)]
    public void Allows_ByHost(string host, bool expected)
    {
        var hosts = new AdminHosts(() => ["proxy1.corp.example", "192.0.2.7"], new OwnAddresses(TimeProvider.System));

        Assert.Equal(expected, hosts.Allows(new HostString(host)));
    }

    [Fact]
    public void Allows_EveryAddressOfThisMachine()
    {
        var hosts = new AdminHosts(() => [], new OwnAddresses(TimeProvider.System));
        var own = NetworkInterface.GetAllNetworkInterfaces().SelectMany(i => i.GetIPProperties().UnicastAddresses).Select(a => a.Address);

        Assert.All(own, address => Assert.True(hosts.Allows(HostString.FromUriComponent(new IPEndPoint(address, 9090).ToString()))));
    }

    [Fact]
    public void Allows_Star_Everything()
        => Assert.True(new AdminHosts(() => ["*"], new OwnAddresses(TimeProvider.System)).Allows(new HostString("any.example")));
}
