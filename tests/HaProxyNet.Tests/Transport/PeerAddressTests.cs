using System.Net;
using System.Text;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Native;

namespace HaProxyNet.Tests.Transport;

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

        var peer = raw.ToPeer();

        Assert.Equal(endPoint, peer.ToEndPoint());
        Assert.Equal(endPoint.Port, peer.Port);
        Assert.True(peer.Is(PeerAddress.Of(endPoint)));
    }

    [Fact]
    public void ToEndPoint_NeverFilledIn_IsNoAddress() => Assert.Equal(new IPEndPoint(IPAddress.Any, 0), default(PeerAddress).ToEndPoint());

    /// <summary>In any room: the whole text, or nothing and false.</summary>
    [Theory]
    [InlineData("0.0.0.0:0")]
    [InlineData("10.0.0.5:40000")]
    [InlineData("255.255.255.255:65535")]
    [InlineData("1.20.103.0:9")]
    [InlineData("[::]:0")]
    [InlineData("[::1]:1")]
    [InlineData("[2001:db8::1]:65535")]
    [InlineData("[2001:db8:0:1:1:1:1:1]:5")]
    [InlineData("[fe80::1%3]:1")]
    [InlineData("[fe80:1234:5678:9abc:def0:1234:5678:9abc%4294967295]:65535")]
    [InlineData("[::ffff:192.0.2.7]:443")]
    public void TryFormat_AnyAddress_IsTheTextOfDotNet(string text)
    {
        var endPoint = IPEndPoint.Parse(text);
        var peer = PeerAddress.Of(endPoint);
        var expected = endPoint.ToString();

        for (var length = 0; length <= 64; length++)
        {
            var room = new byte[length];
            var isWhole = peer.TryFormat(room, out var written, default, provider: null);

            Assert.Equal(length >= expected.Length, isWhole);
            Assert.Equal(isWhole ? expected : "", Encoding.UTF8.GetString(room, 0, written));
        }

        Assert.Equal(expected, peer.ToString());
    }

    [Fact]
    public void TryFormat_NeverFilledIn_IsNoAddress()
    {
        var room = new byte[64];
        Assert.True(default(PeerAddress).TryFormat(room, out var written, default, provider: null));
        Assert.Equal("0.0.0.0:0", Encoding.UTF8.GetString(room, 0, written));
    }

    /// <summary>Each connection's line has one.</summary>
    [Fact]
    public void TryFormat_IPv4_AllocatesNothing()
    {
        var (room, peer) = (new byte[64], PeerAddress.Of(IPEndPoint.Parse("10.0.0.5:40000")));
        peer.TryFormat(room, out _, default, provider: null);
        var before = GC.GetAllocatedBytesForCurrentThread();

        peer.TryFormat(room, out _, default, provider: null);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [InlineData("192.0.2.7:5050", "192.0.2.7:5051")]
    [InlineData("192.0.2.7:5050", "192.0.2.8:5050")]
    [InlineData("[2001:db8::1]:5050", "[2001:db8::2]:5050")]
    [InlineData("[2001:db8::1]:5050", "[2001:db9::1]:5050")]
    public void Is_AnotherAddress_False(string one, string other)
        => Assert.False(PeerAddress.Of(IPEndPoint.Parse(one)).Is(PeerAddress.Of(IPEndPoint.Parse(other))));
}
