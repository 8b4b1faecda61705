using System.Net;
using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;

namespace HaProxyNet.FunctionalTests.Admission;

/// <summary>Strangers who send half of what is waited for hold places: they make room for clients who send all of it.</summary>
public sealed class CrowdOfStrangers : Scenario
{
    private const int Most = 60;
    private const int Strangers = 400;

    public CrowdOfStrangers() => Truth.PeersCountTls = true;

    /// <summary>More than the listener takes at once, from one address or from many.</summary>
    [Theory]
    [MemberData(nameof(Crowds))]
    public async Task FourHundredWithHalf_HonestClientsAreServed(EngineKind engine, string half, bool isOneAddress)
    {
        var listener = half switch
        {
            "a hello" => new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Tls:Mode"] = "Passthrough",
                ["Tls:HelloTimeout"] = "00:05:00",
            },
            "a handshake" => new(StringComparer.Ordinal)
            {
                ["Tls:Mode"] = "Terminate",
                ["Tls:Certificate:Path"] = TestCertificates.PathOf(TestCertificates.Front),
                ["Tls:HandshakeTimeout"] = "00:05:00",
            },
            _ => new(StringComparer.Ordinal) { ["ConnectOn"] = "FirstByte" },
        };
        await StartAsync(engine, new ProxySetup { MaxConnections = Most, Listener = listener }, TestDestination.Echoing("primary"));
        var hello = await ClientHelloBytes.TakeAsync();
        var crowd = new List<TestPeer>();
        for (var i = 0; i < Strangers; i++)
        {
            var stranger = await Proxy.ConnectAsync(IPAddress.Parse(isOneAddress ? "127.0.0.9" : $"127.0.{1 + (i / 200)}.{1 + (i % 200)}"));
            crowd.Add(stranger);
            if (half != "nothing")
            {
                await stranger.SendAsync(hello.AsMemory(0, hello.Length / 2));
            }

            if (i >= Most && i % 40 == 0)
            {
                await ServedAsync(half, hello);
            }
        }

        await ServedAsync(half, hello);

        Assert.NotEqual(0, (await Proxy.ScrapeAsync()).Sum("connections_total", "outcome=crowded_out"));
        Assert.Equal(0, (await Proxy.ScrapeAsync()).Sum("connections_refused_total"));
        crowd.ForEach(c => c.Dispose());
    }

    public static IEnumerable<TheoryDataRow<EngineKind, string, bool>> Crowds()
        => from row in new Engines()
           from half in new[] { "a hello", "a handshake", "nothing" }
           from isOneAddress in new[] { true, false }
           select new TheoryDataRow<EngineKind, string, bool>(row.Data, half, isOneAddress);

    private async Task ServedAsync(string half, byte[] hello)
    {
        using var client = await Proxy.ConnectAsync();
        if (half == "a handshake")
        {
            using var tls = await TlsPeer.ClientAsync(client);
            await tls.SendAsync("ping");
            await tls.ExpectAsync("ping");
            return;
        }

        await client.SendAsync(hello);
        var answer = new byte[hello.Length];
        for (var count = 0; count < answer.Length;)
        {
            count += await client.ReceiveAsync(answer.AsMemory(count)) is > 0 and var more
                ? more
                : throw new InvalidOperationException("The answer ended early.");
        }

        Assert.Equal(hello, answer);
    }
}
