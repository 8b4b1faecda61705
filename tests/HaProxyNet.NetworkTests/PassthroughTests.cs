using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>Clients that operators use, through one port that passes TLS on by the name they ask for, to openssl's own server.</summary>
public sealed class PassthroughTests
{
    private const string Name = "iqservice.corp.example";
    private const string DmzName = "iqservice.dmz.example";

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Passthrough_OpensslAndCurl_EachNameReachesItsServer(string engine)
    {
        var curl = Requirement.Command("curl");
        await using var corp = await OpensslServer.StartedAsync(Name);
        await using var dmz = await OpensslServer.StartedAsync("*.dmz.example");
        await using var proxy = await ProxyProcess.StartAsync(
            new(engine, ("primary", corp.Address)) { LogsConnections = true, Route = ("*.dmz.example", "dmz", dmz.Address) });
        var clients = 0;
        foreach (var (name, server) in new[] { (Name, corp), (DmzName, dmz) })
        {
            foreach (var version in new[] { "1.2", "1.3" })
            {
                var page = await CommandResult.OfAsync(
                    curl, "-sS", "--max-time", "20", "--cacert", server.CertificateFile, "--resolve", $"{name}:{proxy.Port}:127.0.0.1",
                    $"--tlsv{version}", "--tls-max", version,
                    $"https://{name}:{proxy.Port}/");
                page.ExpectSuccess($"curl {name} {version}");
                Assert.Contains($"TLSv{version}", page.Output, StringComparison.Ordinal);

                var session = await CommandResult.OfAsync(
                    "/bin/sh", "-c",
                    "echo | openssl s_client -connect "
                        + $"127.0.0.1:{proxy.Port} -servername {name} -verify_hostname {name} -verify_return_error "
                        + $"-CAfile {server.CertificateFile} -tls{version.Replace('.', '_')}");
                session.ExpectSuccess($"openssl {name} {version}");
                Assert.Contains("Verify return code: 0 (ok)", session.Output, StringComparison.Ordinal);
                clients += 2;
            }
        }

        await Eventually.HoldsAsync(
            () => Task.FromResult(Pairs.In(proxy.Lines, "outcome").Count == clients), () => $"{clients} lines\n{proxy.Text}");
        var lines = Pairs.In(proxy.Lines, "outcome");
        Assert.All(lines, l => Assert.Equal(l["sni"] == DmzName ? "dmz" : "primary", l["destination"]));
        Assert.Equal(clients / 2, lines.Count(l => l["sni"] == Name));
        Assert.Equal(clients / 2, lines.Count(l => l["tls_version"] == "1.3"));
        proxy.ExpectCleanLog();
    }
}
