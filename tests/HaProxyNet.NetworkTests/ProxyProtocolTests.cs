using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>
/// The PROXY protocol as HAProxy and nginx speak it, on either side of the proxy: what the last server says of the client's address is what
/// the first load balancer saw.
/// </summary>
public sealed class ProxyProtocolTests
{
    private const string ClientAddress = "127.0.0.9";
    private const string Name = "iqservice.corp.example";
    private static readonly string[] _versions = ["V1", "V2"];

    public static TheoryData<string, string> EnginesAndVersions
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var engine in new[] { Engines.Reactor, Engines.Managed })
            {
                Array.ForEach(_versions, version => data.Add(engine, version));
            }

            return data;
        }
    }

    /// <summary>HAProxy checks the proxy all the while, by connections of its own (LOCAL, UNKNOWN): none of them is refused.</summary>
    [Theory]
    [MemberData(nameof(EnginesAndVersions))]
    public async Task HaproxyOnBothSides_TheClientIsKnownToTheEnd(string engine, string version)
    {
        await using var agent = await HaproxyAgentAsync("");
        await using var proxy = await ProxyProcess.StartAsync(Setup(engine, version, agent.Address));
        var port = FreePorts.Next();
        var options = version == "V2" ? "send-proxy-v2 proxy-v2-options crc32c,unique-id" : "send-proxy";
        await using var front = await ConfiguredServer.HaproxyAsync(
            port,
            $"""
            listen front
              mode tcp
              unique-id-format %[uuid()]
              bind 127.0.0.1:{port}
              server proxy 127.0.0.1:{proxy.Port} {options} check inter 200ms
            """);

        for (var i = 0; i < 5; i++)
        {
            var answer = await FetchAsync($"http://127.0.0.1:{front.Port}/");
            Assert.Equal((ClientAddress, $"{front.Port}"), (answer["client"], answer["target_port"]));
            Assert.Equal(version == "V2", answer["unique"].Length > 30);
        }

        await Eventually.HoldsAsync(() => Known(proxy).Count == 5, () => $"5 lines\n{proxy.Text}");
        await Eventually.HoldsAsync(
            () => Pairs.In(proxy.Lines, "outcome").Any(line => line["client"].StartsWith("127.0.0.1:", StringComparison.Ordinal)),
            () => $"a check\n{proxy.Text}");
        Assert.Equal(0, (await proxy.MetricsAsync()).Sum("connections_refused_total"));
        proxy.ExpectCleanLog();
    }

    [Theory]
    [MemberData(nameof(EnginesAndVersions))]
    public async Task NginxOnBothSides_TheClientIsKnownToTheEnd(string engine, string version)
    {
        var agentPort = FreePorts.Next();
        await using var agent = await ConfiguredServer.NginxAsync(
            agentPort,
            $$"""
            http {
              access_log off;
              client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
              server {
                listen 127.0.0.1:{{agentPort}} proxy_protocol;
                location / { return 200 "client=$proxy_protocol_addr target_port=$proxy_protocol_server_port\n"; }
              }
            }
            """);
        await using var proxy = await ProxyProcess.StartAsync(Setup(engine, version, agent.Address));
        var port = FreePorts.Next();
        await using var front = await ConfiguredServer.NginxAsync(
            port, $$"""stream { server { listen 127.0.0.1:{{port}}; proxy_pass 127.0.0.1:{{proxy.Port}}; proxy_protocol on; } }""");

        var answer = await FetchAsync($"http://127.0.0.1:{front.Port}/");

        Assert.Equal((ClientAddress, $"{front.Port}"), (answer["client"], answer["target_port"]));
        await Eventually.HoldsAsync(() => Known(proxy).Count == 1, () => $"a line\n{proxy.Text}");
        proxy.ExpectCleanLog();
    }

    /// <summary>TLS ends at the proxy, and begins again towards an agent that wants the header before it.</summary>
    [Theory]
    [MemberData(nameof(EnginesAndVersions))]
    public async Task HaproxyOnBothSides_TlsThatEndsAndBeginsAgain(string engine, string version)
    {
        using var files = await CertificateFiles.MakeAsync(Name);
        await File.WriteAllTextAsync(
            files.File("both.pem"), await File.ReadAllTextAsync(files.Certificate) + await File.ReadAllTextAsync(files.Key));
        await using var agent = await HaproxyAgentAsync($"ssl crt {files.File("both.pem")}");
        var setup = Setup(engine, version, agent.Address, files);
        await using var proxy = await ProxyProcess.StartAsync(setup);
        var port = FreePorts.Next();
        await using var front = await ConfiguredServer.HaproxyAsync(
            port,
            $"""
            listen front
              mode tcp
              bind 127.0.0.1:{port}
              server proxy 127.0.0.1:{proxy.Port} send-proxy-v2
            """);

        var answer =
            await FetchAsync($"https://{Name}:{front.Port}/", "--cacert", files.Certificate, "--resolve", $"{Name}:{front.Port}:127.0.0.1");

        Assert.Equal((ClientAddress, version == "V2" ? Name : ""), (answer["client"], answer["authority"]));
        await Eventually.HoldsAsync(() => Known(proxy) is [var line] && line["sni"] == Name, () => $"a line\n{proxy.Text}");
        proxy.ExpectCleanLog();
    }

    /// <summary>TLS ends at HAProxy, and at the proxy, with the same certificate: both tell their destination the same of it.</summary>
    [Theory]
    [InlineData(Engines.Reactor, "rsa:2048")]
    [InlineData(Engines.Managed, "rsa:2048")]
    [InlineData(Engines.Reactor, "ec -pkeyopt ec_paramgen_curve:P-384")]
    [InlineData(Engines.Managed, "ec -pkeyopt ec_paramgen_curve:P-384")]
    public async Task TlsThatEnds_TheSameIsToldAsByHaproxy(string engine, string key)
    {
        using var files = await CertificateFiles.MakeAsync(Name, key);
        await File.WriteAllTextAsync(
            files.File("both.pem"), await File.ReadAllTextAsync(files.Certificate) + await File.ReadAllTextAsync(files.Key));
        using var agent = new HeaderReader();
        var setup = new ProxySetup(engine, ("primary", agent.Address)) { SendProxyProtocol = "V2", Terminating = files.Terminating };
        await using var proxy = await ProxyProcess.StartAsync(setup);
        var port = FreePorts.Next();
        await using var haproxy = await ConfiguredServer.HaproxyAsync(
            port,
            $"""
            listen front
              mode tcp
              bind 127.0.0.1:{port} ssl crt {files.File("both.pem")}
              server agent {agent.Address} send-proxy-v2-ssl-cn proxy-v2-options cert-key,cert-sig,ssl-cipher
            """);

        var byHaproxy = await SslToldAsync(agent, haproxy.Port);
        var byUs = await SslToldAsync(agent, proxy.Port);

        Assert.Equal(["21", "23", "24", "25"], byUs.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(byHaproxy, byUs);
    }

    /// <summary>What a destination is told of a client's TLS.</summary>
    private static async Task<SortedDictionary<string, string>> SslToldAsync(HeaderReader agent, int port)
    {
        var header = agent.NextAsync();
        await CommandResult.OfAsync(Requirement.Command("curl"), ["-sk", "--max-time", "20", $"https://127.0.0.1:{port}/"]);
        return await header;
    }

    /// <summary>What HAProxy says of the client, by the header that it wants.</summary>
    private static Task<ConfiguredServer> HaproxyAgentAsync(string bind)
    {
        const string Known = "client=%[src] target_port=%[dst_port] authority=%[fc_pp_authority] unique=%[fc_pp_unique_id]\\n";
        var port = FreePorts.Next();
        return ConfiguredServer.HaproxyAsync(
            port,
            $"""
            frontend agent
              mode http
              bind 127.0.0.1:{port} accept-proxy {bind}
              http-request return status 200 content-type text/plain lf-string "{Known}"
            """);
    }

    private static ProxySetup Setup(string engine, string version, string agent, CertificateFiles? files = null)
        => new(engine, ("primary", agent))
        {
            LogsConnections = true,
            AcceptFrom = "127.0.0.1",
            SendProxyProtocol = version,
            Terminating = files?.Terminating,
            Reencrypting = files is null ? null : new Dictionary<string, string> { ["ServerName"] = Name, ["CaPath"] = files.Certificate },
        };

    /// <summary>The lines of the connections that were introduced.</summary>
    private static IReadOnlyList<Pairs> Known(ProxyProcess proxy)
        => [.. Pairs.In(proxy.Lines, "peer")
            .Where(line => line["client"].StartsWith(ClientAddress + ":", StringComparison.Ordinal) && line["outcome"] == "completed")];

    private static async Task<Pairs> FetchAsync(string url, params string[] more)
    {
        var page = await CommandResult.OfAsync(
            Requirement.Command("curl"),
            ["-sS", "--max-time", "20", "--interface", ClientAddress, "-H", "Connection: close", .. more, url]);
        page.ExpectSuccess($"curl {url}");
        return Pairs.Of(page.Output.Trim());
    }
}
