using System.Net;
using HaProxyNet.Configuration.Clusters;

namespace HaProxyNet.Tests.Configuration.Clusters;

public sealed class DestinationAddressTests
{
    [Theory]
    [InlineData("iqs1.corp.example:5050", "iqs1.corp.example", 5050, false)]
    [InlineData("IQS1.Corp.Example:5050", "iqs1.corp.example", 5050, false)]
    [InlineData("iqs_1:1", "iqs_1", 1, false)]
    [InlineData("iqs1.corp.example.:65535", "iqs1.corp.example.", 65535, false)]
    [InlineData("10.0.0.4:5050", "10.0.0.4", 5050, true)]
    [InlineData("[fd00::4]:5050", "fd00::4", 5050, true)]
    [InlineData("[FD00:0:0::4]:5050", "fd00::4", 5050, true)]
    [InlineData("[::ffff:10.0.0.4]:5050", "10.0.0.4", 5050, true)]
    [InlineData("[::FFFF:a00:4]:5050", "10.0.0.4", 5050, true)]
    [InlineData("0xserver.example:5050", "0xserver.example", 5050, false)]
    [InlineData("localhost:5050", "localhost", 5050, false)]
    [InlineData("1password.example:443", "1password.example", 443, false)]
    public void TryParse_Valid_HostAndPort(string text, string host, int port, bool isIP)
    {
        Assert.True(DestinationAddress.TryParse(text, out var address));
        Assert.Equal((host, port, isIP), (address.Host, address.Port, address.IsIPAddress));
        Assert.Equal(isIP ? IPAddress.Parse(host) : null, address.IP);
        Assert.Equal(address, DestinationAddress.Parse(address.ToString()));
    }

    [Theory]
    [InlineData(null, "is missing")]
    [InlineData("", "is missing")]
    [InlineData("  ", "is missing")]
    [InlineData("iqs1", "'iqs1' has no port")]
    [InlineData("iqs1:", "'iqs1:' has no port")]
    [InlineData(":5050", "':5050' has no host")]
    [InlineData("iqs1:x", "'x' is not a port")]
    [InlineData("iqs1:+80", "'+80' is not a port")]
    [InlineData("iqs1: 80", "' 80' is not a port")]
    [InlineData("iqs1:65536", "'65536' is not a port")]
    [InlineData("iqs1:-1", "'-1' is not a port")]
    [InlineData("iqs1:0", "port 0 cannot be connected to")]
    [InlineData("tcp://iqs1:5050", "'tcp://iqs1:5050' is a URL")]
    [InlineData("fd00::4", "'fd00::4' is an IPv6 address without brackets, so it has no port")]
    [InlineData("a:b:5050", "'a:b:5050' has more than one colon")]
    [InlineData("[fd00::4]", "'[fd00::4]' has no port")]
    [InlineData("[fd00::4", "'[fd00::4' has no closing bracket")]
    [InlineData("[10.0.0.4]:5050", "'[10.0.0.4]:5050' is not an IPv6 address in brackets and a port")]
    [InlineData("[fd00::4]x:5050", "'[fd00::4]x:5050' is not an IPv6 address in brackets and a port")]
    [InlineData("[fd00::zz]:5050", "'fd00::zz' is not a host name")]
    [InlineData("10.0.0.256:5050", "'10.0.0.256' is neither a host name nor an IP address")]
    [InlineData("010.0.0.1:5050", "'010.0.0.1' is neither a host name nor an IP address")]
    [InlineData("10.1:5050", "'10.1' is neither a host name nor an IP address")]
    [InlineData("0.0.0.0:5050", "'0.0.0.0' is no single machine's address")]
    [InlineData("[::]:5050", "'::' is no single machine's address")]
    [InlineData("224.0.0.1:5050", "'224.0.0.1' is a multicast address")]
    [InlineData("[ff02::1]:5050", "'ff02::1' is a multicast address")]
    [InlineData("255.255.255.255:5050", "'255.255.255.255' is no single machine's address")]
    [InlineData("[::ffff:0.0.0.0]:5050", "'0.0.0.0' is no single machine's address")]
    [InlineData("[::ffff:224.0.0.1]:5050", "'224.0.0.1' is a multicast address")]
    [InlineData("[::ffff:255.255.255.255]:5050", "'255.255.255.255' is no single machine's address")]
    [InlineData("0x7f000001:5050", "'0x7f000001' is neither a host name nor an IP address")]
    [InlineData("10.0.0.0X4:5050", "'10.0.0.0X4' is neither a host name nor an IP address")]
    [InlineData("a b:5050", "'a b' is not a host name")]
    [InlineData("-a:5050", "'-a' is not a host name")]
    [InlineData("a..b:5050", "'a..b' is not a host name")]
    [InlineData("*:5050", "'*' is not a host name")]
    [InlineData("müller.example:5050", "'müller.example' has letters beyond ASCII: write it as it is in DNS, xn--mller-kva.example")]
    public void TryParse_Invalid_SaysWhy(string? text, string problem)
    {
        Assert.False(DestinationAddress.TryParse(text, out _, out var given));
        Assert.Equal(problem, given);
        Assert.Contains(problem, Assert.Throws<FormatException>(() => DestinationAddress.Parse(text!)).Message);
    }

    [Fact]
    public void TryParse_NameOrLabelTooLong_IsRefused()
    {
        Assert.True(DestinationAddress.TryParse(new string('a', 63) + ".example:1", out _));
        Assert.False(DestinationAddress.TryParse(new string('a', 64) + ".example:1", out _));
        Assert.False(DestinationAddress.TryParse(string.Join('.', Enumerable.Repeat("abcdefg", 32)) + ":1", out _));
    }
}
