using System.Net;
using HaProxyNet.Listening;

namespace HaProxyNet.Tests.Listening;

public sealed class OwnAddressesTests
{
    [Theory]
    [InlineData("127.0.0.1:5050", "127.0.0.1:5050", true)]
    [InlineData("127.0.0.1:5050", "[::ffff:127.0.0.1]:5050", true)]
    [InlineData("127.0.0.1:5050", "0.0.0.0:5050", true)]
    [InlineData("127.0.0.1:5050", "127.0.0.2:5050", false)]
    [InlineData("127.0.0.1:5050", "127.0.0.1:5051", false)]
    [InlineData("0.0.0.0:5050", "127.0.0.2:5050", true)]
    [InlineData("0.0.0.0:5050", "0.0.0.0:5050", true)]
    [InlineData("0.0.0.0:5050", "[::1]:5050", false)]
    [InlineData("0.0.0.0:5050", "192.0.2.7:5050", false)]
    [InlineData("[::]:5050", "[::1]:5050", true)]
    [InlineData("[::]:5050", "127.0.0.1:5050", true)]
    [InlineData("[::]:5050", "[2001:db8::7]:5050", false)]
    [InlineData("192.0.2.7:5050", "192.0.2.7:5050", true)]
    public void Reaches_ListenerAndTarget_AsTheSystemConnects(string listening, string target, bool expected)
        => Assert.Equal(expected, new OwnAddresses(TimeProvider.System).Reaches(IPEndPoint.Parse(listening), IPEndPoint.Parse(target)));

    [Fact]
    public void Reaches_EveryAddressOfThisMachine_IsItsWildcardListener()
    {
        var own = new OwnAddresses(TimeProvider.System);

        Assert.All(
            Dns.GetHostAddresses(""),
            address => Assert.True(own.Reaches(new IPEndPoint(IPAddress.IPv6Any, 5050), new IPEndPoint(address, 5050))));
    }

    [Fact]
    public void Reaches_AskedOften_AllocatesNothing()
    {
        var (own, any, far) = (new OwnAddresses(TimeProvider.System), IPEndPoint.Parse("0.0.0.0:5050"), IPEndPoint.Parse("192.0.2.7:5050"));
        own.Reaches(any, far);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            own.Reaches(any, far);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }
}
