using System.Net;
using HaProxyNet.Transport.Native;

namespace HaProxyNet.Tests.Transport.Native;

public sealed class PeerAddressTests
{
    [Theory]
    [InlineData("192.0.2.7:5050")]
    [InlineData("255.255.255.255:65535")]
    [InlineData("[2001:db8::1:2:3:4]:5050")]
    [InlineData("[fe80::1%7]:1")]
    [InlineData("[::ffff:192.0.2.7]:443")]
    public void ToEndPoint_AnyAddress_IsWhatItWasMadeOf(string text)
    {
        var endPoint = IPEndPoint.Parse(text);
        var raw = RawAddress.From(endPoint);

        var peer = new PeerAddress(raw);

        Assert.Equal(endPoint, peer.ToEndPoint());
        Assert.Equal(endPoint.Port, peer.Port);
        Assert.True(peer.Is(raw));
    }

    [Fact]
    public void ToEndPoint_NeverFilledIn_IsNoAddress() => Assert.Equal(new IPEndPoint(IPAddress.Any, 0), default(PeerAddress).ToEndPoint());

    [Theory]
    [InlineData("192.0.2.7:5050", "192.0.2.7:5051")]
    [InlineData("192.0.2.7:5050", "192.0.2.8:5050")]
    [InlineData("[2001:db8::1]:5050", "[2001:db8::2]:5050")]
    [InlineData("[2001:db8::1]:5050", "[2001:db9::1]:5050")]
    public void Is_AnotherAddress_False(string one, string other)
        => Assert.False(new PeerAddress(RawAddress.From(IPEndPoint.Parse(one))).Is(RawAddress.From(IPEndPoint.Parse(other))));
}
