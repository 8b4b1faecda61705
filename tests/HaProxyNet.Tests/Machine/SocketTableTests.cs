using System.Net;
using System.Net.Sockets;
using HaProxyNet.Machine;

namespace HaProxyNet.Tests.Machine;

/// <summary>Reads where a connection has arrived out of the system's table of sockets.</summary>
public sealed class SocketTableTests
{
    private const string Heading = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";

    private const string Plain = "   1: 0100007F:1770 3200090A:C350 01 00000000:00000000 00:00000000 00000000     0        0 7 1";

    private const string Mapped =
        "   2: 0000000000000000FFFF00000100007F:1771 0000000000000000FFFF00003200090A:C352 03 00000000:00000000 00:00000000 00000000 0 0 8";

    private const string Six =
        "   3: 00000000000000000000000001000000:1772 B80D0120000000000000000032000000:C354 01 00000000:00000000 00:00000000 00000000 0 0 9";

    private static readonly IPEndPoint _elsewhere = new(IPAddress.Parse("10.9.0.99"), 5050);

    [Theory]
    [InlineData("10.9.0.50", 50000, 6000)]
    [InlineData("10.9.0.50", 50002, 6001)]
    [InlineData("::ffff:10.9.0.50", 50002, 6001)]
    [InlineData("2001:db8::32", 50004, 6002)]
    [InlineData("10.9.0.51", 50000, null)]
    [InlineData("10.9.0.50", 50001, null)]
    public void PortOfArrival_Table_IsThatOfTheSocketWithThisPeer(string address, int port, int? expected)
        => Assert.Equal(
            expected,
            SocketTable.PortOfArrival(new IPEndPoint(IPAddress.Parse(address), port), _elsewhere, [Heading, Plain, Mapped, Six]));

    /// <summary>One port, two connections: 10.9.0.50:50000 has also gone to 127.0.0.1:6000, and has arrived there.</summary>
    [Fact]
    public void PortOfArrival_AnotherConnectionHasThePort_IsNotThatOne()
    {
        const string Beginning = "   4: 3200090A:C350 0100007F:1770 01 00000000:00000000 00:00000000 00000000     0        0 7 1";
        const string Redirected = "   5: 0100007F:1773 3200090A:C350 01 00000000:00000000 00:00000000 00000000     0        0 7 1";
        var from = new IPEndPoint(IPAddress.Parse("10.9.0.50"), 50000);

        Assert.Null(SocketTable.PortOfArrival(from, _elsewhere, [Heading, Plain, Beginning]));
        Assert.Equal(6003, SocketTable.PortOfArrival(from, _elsewhere, [Heading, Plain, Beginning, Redirected]));
        Assert.Equal(
            6000, SocketTable.PortOfArrival(from, new IPEndPoint(IPAddress.Loopback, 6000), [Heading, Redirected, Plain, Beginning]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  1: 0100007F 3200090A:C350 01")]
    [InlineData("  1: 0100007F:1770 320009:C350 01")]
    [InlineData("  1: ZZ00007F:1770 3200090A:C350 01")]
    [InlineData("  1: 0100007F:1770")]
    public void PortOfArrival_LineThatIsNone_IsPassedOver(string line)
        => Assert.Null(SocketTable.PortOfArrival(new IPEndPoint(IPAddress.Parse("10.9.0.50"), 50000), _elsewhere, [line]));

    [Fact]
    public async Task PortOfArrival_ConnectionOfThisMachine_IsFound()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the table is Linux'");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, TestContext.Current.CancellationToken);

        var port = SocketTable.PortOfArrival((IPEndPoint)client.Client.LocalEndPoint!, (IPEndPoint)listener.LocalEndpoint);

        Assert.Equal(((IPEndPoint)listener.LocalEndpoint).Port, port);
    }
}
