using System.Collections.Concurrent;
using System.Text;
using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;

namespace HaProxyNet.FunctionalTests.ProxyProtocol;

/// <summary>A probe that says something begins like every connection to that destination: with a header, of the proxy's own.</summary>
public sealed class ProbesIntroduceThemselves : HeaderScenario
{
    private readonly ConcurrentQueue<string> _seen = new();

    public static TheoryData<EngineKind, string, string> Methods
    {
        get
        {
            var data = new TheoryData<EngineKind, string, string>();
            foreach (var engine in new Engines().Select(row => row.Data))
            {
                foreach (var method in new[] { "Http", "Ldap", "Tls" })
                {
                    data.Add(engine, method, "V1");
                    data.Add(engine, method, "V2");
                }
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Methods))]
    public async Task Probe_BeyondTheAccept_BeginsWithItsOwnHeader(EngineKind engine, string method, string version)
    {
        var expected = version == "V1" ? "PROXY UNKNOWN\r\n" : Encoding.Latin1.GetString(Headers.Local());
        Truth.DestinationsHaveOtherClients = true;
        var primary = TestDestination.Serving("primary", peer => ServeAsync(peer, expected.Length, method));
        var cluster = Sending(version);
        (cluster["Health:Probe"], cluster["Health:Method"], cluster["Health:Interval"]) = ("Always", method, "00:00:00.100");
        if (method == "Http")
        {
            cluster["Health:Tls"] = "false";
        }
        else if (method == "Tls")
        {
            cluster["Health:Verify"] = "false";
        }

        await StartAsync(engine, new ProxySetup { Cluster = cluster }, primary);

        await Eventually.TrueAsync(
            async () => (await Proxy.ScrapeAsync()).Sum("probes_total", "result=success") >= 2,
            () => $"probes succeed; seen: {string.Join(", ", _seen)}");
        Assert.All(_seen, seen => Assert.Equal(expected, seen));
    }

    private async Task ServeAsync(TestPeer peer, int length, string method)
    {
        var head = new byte[length];
        for (var at = 0; at < length;)
        {
            if (await peer.ReceiveAsync(head.AsMemory(at)) is not (> 0 and var count))
            {
                return;
            }

            at += count;
        }

        _seen.Enqueue(Encoding.Latin1.GetString(head));
        if (method == "Tls")
        {
            var inside = await TlsPeer.ServerAsync(peer);
            await inside.ReceiveAsync(new byte[1]);
            return;
        }

        await peer.ReceiveAsync(new byte[1024]);
        if (method == "Http")
        {
            await peer.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }
        else
        {
            // A search result of LDAP: message 1, done, success.
            await peer.SendAsync((byte[])[0x30, 0x0C, 0x02, 0x01, 0x01, 0x65, 0x07, 0x0A, 0x01, 0x00, 0x04, 0x00, 0x04, 0x00]);
            await peer.ReceiveAsync(new byte[1024]);
        }
    }
}
