using System.Net.Sockets;
using HaProxyNet.Configuration.Listeners;

namespace HaProxyNet.Tests.Configuration.Listeners;

public sealed class ListenEndPointTests
{
    [Theory]
    [InlineData("0.0.0.0:5050", "0.0.0.0:5050")]
    [InlineData("127.0.0.1:0", "127.0.0.1:0")]
    [InlineData("[::]:5050", "[::]:5050")]
    [InlineData("[fd00::1]:65535", "[fd00::1]:65535")]
    [InlineData("localhost:5050", "127.0.0.1:5050")]
    [InlineData("LOCALHOST:5050", "127.0.0.1:5050")]
    [InlineData("[::ffff:127.0.0.1]:5050", "127.0.0.1:5050")]
    [InlineData("[::ffff:0.0.0.0]:5050", "0.0.0.0:5050")]
    public void TryParse_Valid_EndPoint(string text, string expected)
    {
        Assert.True(ListenEndPoint.TryParse(text, out var endPoint));
        Assert.Equal(expected, endPoint.ToString());
    }

    [Fact]
    public void TryParse_Star_EveryAddress() =>
        Assert.Equal(Socket.OSSupportsIPv6 ? "[::]:5050" : "0.0.0.0:5050", ListenEndPoint.Parse("*:5050").ToString());

    [Theory]
    [InlineData("", "is missing")]
    [InlineData("5050", "'5050' has no port")]
    [InlineData("0.0.0.0", "'0.0.0.0' has no port")]
    [InlineData("::", "'::' is an IPv6 address without brackets, so it has no port")]
    [InlineData(":::5050", "':::5050' has more than one colon")]
    [InlineData("0.0.0.0:65536", "'65536' is not a port")]
    [InlineData("iqs.corp.example:5050", "'iqs.corp.example' is not an IP address")]
    [InlineData("10.1:5050", "'10.1' is not an IP address")]
    [InlineData("[::x]:5050", "'::x' is not an IP address")]
    [InlineData("224.0.0.1:5050", "'224.0.0.1' is a multicast address: no connection arrives there")]
    [InlineData("[ff02::1]:5050", "'ff02::1' is a multicast address: no connection arrives there")]
    [InlineData("255.255.255.255:5050", "'255.255.255.255' is no single machine's address: no connection arrives there")]
    [InlineData("http://0.0.0.0:5050", "'http://0.0.0.0:5050' is a URL")]
    public void TryParse_Invalid_SaysWhy(string text, string problem)
    {
        Assert.False(ListenEndPoint.TryParse(text, out _, out var given));
        Assert.Equal(problem, given);
        Assert.Throws<FormatException>(() => ListenEndPoint.Parse(text));
    }
}
