using System.Net;
using System.Net.Sockets;
using System.Text;
using HaProxyNet.Configuration.Logs;
using HaProxyNet.Server.Logging.Outputs;
using HaProxyNet.Server.Logging.Syslog;
using HaProxyNet.Telemetry;
using HaProxyNet.Tests.Tls.Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace HaProxyNet.Tests.Server.Logging;

/// <summary>Syslog servers that take, that are away, hang up, stand still.</summary>
public sealed class SyslogTests : IDisposable
{
    private readonly ManualResetEvent _closing = new(initialState: false);
    private readonly LogLosses _losses = new();
    private readonly List<string> _said = [];

    [Fact]
    public void Udp_EachEventIsOneDatagram()
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 30_000 };
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using (var provider = Provider($"udp://127.0.0.1:{((IPEndPoint)server.LocalEndPoint!).Port}"))
        {
            provider.CreateLogger("C").LogWarning(12, "Failover in {Cluster}.", "agents");
        }

        var datagram = new byte[64 * 1024];
        var message = Encoding.UTF8.GetString(datagram, 0, server.Receive(datagram));
        Assert.StartsWith("<132>1 ", message, StringComparison.Ordinal);
        Assert.EndsWith("[haproxynet@32473 category=\"C\" cluster=\"agents\"] Failover in agents.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void UnixSocket_EachEventIsOneDatagram()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "datagrams over Unix sockets are Linux's");
        var folder = Directory.CreateTempSubdirectory("haproxynet-");
        using var server = new DatagramReceiver(Path.Combine(folder.FullName, "log"));
        using (var provider = Provider($"unix:{server.Path}"))
        {
            provider.CreateLogger("C").LogInformation("one");
        }

        Assert.EndsWith("] one", server.Receive(), StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Tcp_MessagesInOrderEachBehindItsLength()
    {
        using var server = new SyslogReceiver();
        using var provider = Provider($"tcp://127.0.0.1:{server.Port}");
        var logger = provider.CreateLogger("C");
        for (var i = 0; i < 2000; i++)
        {
            logger.LogInformation("line {Number}", i);
        }

        logger.LogInformation("{Long}", new string('x', 100_000));

        for (var i = 0; i < 2000; i++)
        {
            Assert.EndsWith($"] line {i}", server.Receive(), StringComparison.Ordinal);
        }

        Assert.EndsWith(new string('x', 100_000), server.Receive(), StringComparison.Ordinal);
        Assert.Equal(0, _losses[LogOutput.Syslog]);
    }

    [Fact]
    public async Task Tls_ServerOfAKnownAuthority_TakesMessagesAsync()
    {
        var authority = TestAuthority.Root();
        using var certificate =
            authority.Issue("localhost", ["localhost"], from: DateTimeOffset.UtcNow.AddDays(-1), to: DateTimeOffset.UtcNow.AddDays(30));
        using var server = new SyslogReceiver(certificate: certificate);
        var folder = Directory.CreateTempSubdirectory("haproxynet-");
        var ca = Path.Combine(folder.FullName, "ca.pem");
        File.WriteAllText(ca, authority.Certificate.ExportCertificatePem());
        using var output = Stream($"tls://localhost:{server.Port}", ca);

        var receiving = Task.Run(server.Receive, TestContext.Current.CancellationToken);
        Assert.Equal(0, output.Write(SampleRecords.Batch("one"), _closing));

        Assert.Equal("one", await receiving);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Tls_ServerOfAnUnknownAuthority_TakesNothingAndIsSaidOnceAsync()
    {
        var authority = TestAuthority.Root();
        using var certificate =
            authority.Issue("localhost", ["localhost"], from: DateTimeOffset.UtcNow.AddDays(-1), to: DateTimeOffset.UtcNow.AddDays(30));
        using var server = new SyslogReceiver(certificate: certificate);
        using var output = Stream($"tls://localhost:{server.Port}");
        _closing.Set();

        var accepting = Task.Run(() => Assert.ThrowsAny<Exception>(server.Receive), TestContext.Current.CancellationToken);

        Assert.Equal(1, output.Write(SampleRecords.Batch("one"), _closing));
        Assert.Contains("certificate", Assert.Single(_said), StringComparison.OrdinalIgnoreCase);
        await accepting;
    }

    [Fact]
    public async Task Tcp_ServerIsAwayAndComesBack_TheBatchIsKeptAndSentAsync()
    {
        var port = new SyslogReceiver() is var before ? before.Port : 0;
        before.Dispose();
        using var output = Stream($"tcp://127.0.0.1:{port}");
        var writing = Task.Run(() => output.Write(SampleRecords.Batch("one", "two"), _closing), TestContext.Current.CancellationToken);
        Assert.True(SpinWait.SpinUntil(() => _said.Count > 0, TimeSpan.FromMinutes(2)));

        using var server = new SyslogReceiver(port);

        Assert.Equal(("one", "two"), (server.Receive(), server.Receive()));
        Assert.Equal(0, await writing);
        Assert.Equal(2, _said.Count);
        Assert.Equal("back", _said[1]);
    }

    [Fact]
    public void Tcp_ServerHasHungUp_TheNextMessageTakesANewConnection()
    {
        using var server = new SyslogReceiver();
        using var output = Stream($"tcp://127.0.0.1:{server.Port}");
        Assert.Equal(0, output.Write(SampleRecords.Batch("one"), _closing));
        Assert.Equal("one", server.Receive());

        server.Hangup();

        Assert.Equal(0, output.Write(SampleRecords.Batch("two"), _closing));
        Assert.Equal("two", server.Receive());
    }

    [Fact]
    public void Tcp_ProcessEndsWhileTheServerIsAway_TheRestIsLostAndCounted()
    {
        using var output = Stream("tcp://127.0.0.1:1");
        _closing.Set();

        Assert.Equal(3, output.Write(SampleRecords.Batch("a", "b", "c"), _closing));
    }

    [Fact]
    public void Tcp_ServerNeverReads_LoggingDoesNotWaitAndEveryLineIsAccountedFor()
    {
        using var server = new SyslogReceiver();
        using var provider = Provider($"tcp://127.0.0.1:{server.Port}");
        var logger = provider.CreateLogger("C");
        var text = new string('x', 1000);

        // More than the queue, its batch and the system's buffers hold: 40 MB, while nobody reads.
        var longest = TimeSpan.Zero;
        for (var i = 0; i < 40_000; i++)
        {
            var begin = TimeProvider.System.GetTimestamp();
            logger.LogInformation("{Text}", text);
            longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, TimeProvider.System.GetElapsedTime(begin).Ticks));
        }

        Assert.True(longest < TimeSpan.FromSeconds(4), $"a line took {longest}: it waited for the server");
        Assert.InRange(_losses[LogOutput.Syslog], 10_000, 40_000);
    }

    public void Dispose() => _closing.Dispose();

    private SyslogLogProvider Provider(string address)
        => new(new SyslogOptions(), Connect(address, ""), NullLogger.Instance, TimeProvider.System, _losses);

    private SyslogStream Stream(string address, string caPath = "")
        => new(Connect(address, caPath), new OutputState(_said.Add, () => _said.Add("back")));

    private static SyslogConnect Connect(string address, string caPath)
    {
        Assert.True(SyslogAddress.TryParse(address, out var parsed, out var problem), problem);
        return new SyslogConnect(parsed, caPath);
    }
}
