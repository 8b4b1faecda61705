using System.Net;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Vocabulary;

public sealed class ClientSiteTests
{
    [Theory]
    [InlineData("10.0.0.1", "10.0.0.1", true)]
    [InlineData("10.0.0.1", "10.0.0.2", false)]
    [InlineData("10.0.0.1", "::ffff:10.0.0.1", true)]
    [InlineData("10.0.0.1", "64:ff9b::a00:1", true)]
    [InlineData("64:ff9b::a00:1", "64:ff9b::a00:2", false)]
    [InlineData("2001:db8::1", "2001:db8::ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData("fe80::1%1", "fe80::2%1", true)]
    [InlineData("2001:db8::10.0.0.1", "10.0.0.1", false)]
    public void From_TwoAddresses_OneSiteWhenOneClientCanHaveBoth(string one, string other, bool isOne)
        => Assert.Equal(isOne, ClientSite.From(IPAddress.Parse(one)) == ClientSite.From(IPAddress.Parse(other)));
}
