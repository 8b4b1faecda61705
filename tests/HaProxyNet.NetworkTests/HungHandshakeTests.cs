using System.Net.Sockets;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>
/// An agent that is spoken to with TLS, accepts, and then says nothing, as a process that hangs: a client waits for HedgeAfter and for a
/// handshake with the other agent, and not for HandshakeTimeout. How long is printed, and judged in the full form alone: this machine
/// may be busy.
/// </summary>
[Collection<Alone>]
public sealed class HungHandshakeTests(ITestOutputHelper output)
{
    private const string Name = "agents.corp.example";

    /// <summary>After these a handshake is nothing new to anybody.</summary>
    private const int History = 20;

    private static readonly int _rounds = Requirement.IsFullForm ? 10 : 1;

    private static readonly TimeSpan _hedgeAfter = TimeSpan.FromMilliseconds(100);

    /// <summary>How much longer than HedgeAfter a client may wait.</summary>
    private static readonly TimeSpan _most = TimeSpan.FromMilliseconds(50);

    [Theory]
    [InlineData(Engines.Reactor, "OpenSsl")]
    [InlineData(Engines.Reactor, "SslStream")]
    [InlineData(Engines.Managed, "SslStream")]
    public async Task Primary_AcceptsAndDoesNotShakeHands_CostsHedgeAfterAndAHandshake(string engine, string tls)
    {
        using var files = await CertificateFiles.MakeAsync(Name);
        await using var primary = TlsEchoServer.Start(files);
        await using var secondary = TlsEchoServer.Start(files);
        await using var proxy = await ProxyProcess.StartAsync(new(engine, ("primary", primary.Address), ("secondary", secondary.Address))
        {
            HedgeAfter = _hedgeAfter,
            TlsEngine = tls,
            LogsConnections = true,
            Reencrypting = new Dictionary<string, string>
            {
                ["ServerName"] = Name,
                ["CaPath"] = files.Certificate,
                ["HandshakeTimeout"] = "00:00:02",
            },
        });
        await CallAsync(proxy, History);

        for (var round = 0; round < _rounds; round++)
        {
            await IsUpAsync(proxy);
            primary.IsHung = true;
            await CallAsync(proxy, calls: 1);
            primary.IsHung = false;
        }

        await proxy.TerminateAsync();
        var hedged = Pairs.In(proxy.Lines, "outcome").Where(line => line["reason"] == "hedge").ToList();

        // On a machine that is busy a handshake before may have been slow as well.
        Assert.InRange(hedged.Count, _rounds, _rounds + History);
        Assert.All(hedged, line => Assert.Equal(("secondary", "2"), (line["destination"], line["attempts"])));
        var waits = hedged.Select(line => TimeSpan.FromMilliseconds(line.Number("connect_ms"))).Order().ToList();
        var (median, worst) = (waits[waits.Count / 2], waits[^1]);
        output.WriteLine(
            $"{engine}, {tls}: HedgeAfter {_hedgeAfter.TotalMilliseconds} ms; {waits.Count} clients waited "
                + $"{median.TotalMilliseconds:F1} ms (median), {worst.TotalMilliseconds:F1} (worst)");
        Assert.True(!Requirement.IsFullForm || worst <= _hedgeAfter + _most, $"the worst wait is {worst}");
        proxy.ExpectCleanLog();
    }

    private static Task IsUpAsync(ProxyProcess proxy) => Eventually.HoldsAsync(
        async () => (await proxy.MetricsAsync()).Sum("destination_state", ("destination", "primary"), ("state", "up")) == 1,
        () => $"the primary is up.\n{proxy.Text}",
        TimeSpan.FromMilliseconds(100));

    private static async Task CallAsync(ProxyProcess proxy, int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            using var client = await EchoClient.ConnectAsync(proxy.Port);
            await client.ExchangeAsync();
            client.Socket.Shutdown(SocketShutdown.Send);
        }
    }
}
