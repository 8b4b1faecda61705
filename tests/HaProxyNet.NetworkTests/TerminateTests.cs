using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>openssl's own client against a listener that ends TLS, in front of plain servers and of openssl's own.</summary>
public sealed class TerminateTests
{
    private const string Name = "iqservice.corp.example";
    private const string AgentName = "agents.corp.example";

    /// <summary>Every version, terminated and re-encrypted: the certificate holds, and the page comes from the server behind.</summary>
    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Reencrypt_OpensslBothSides_EveryVersion(string engine)
    {
        await using var server = await OpensslServer.StartedAsync(AgentName);
        using var front = await CertificateFiles.MakeAsync(Name);
        await using var proxy = await ProxyProcess.StartAsync(new(engine, ("primary", server.Address))
        {
            LogsConnections = true,
            Terminating = front.Terminating,
            Reencrypting = new Dictionary<string, string> { ["ServerName"] = AgentName, ["CaPath"] = server.CertificateFile },
        });
        foreach (var version in new[] { "1_2", "1_3" })
        {
            var session = await ClientAsync(proxy, front, $"-tls{version} -ign_eof -msg", "printf 'GET / HTTP/1.0\\r\\n\\r\\n'");
            session.ExpectSuccess($"openssl {version}");
            Assert.Contains("Verify return code: 0 (ok)", session.Output, StringComparison.Ordinal);
            Assert.Contains("s_server", session.Output, StringComparison.Ordinal);

            // The server's end comes as one of TLS, not of TCP alone.
            Assert.Matches("<<< TLS [^\n]*Alert[^\n]*close_notify", session.Output);
        }

        await Eventually.HoldsAsync(() => Task.FromResult(Pairs.In(proxy.Lines, "outcome").Count == 2), () => $"2 lines\n{proxy.Text}");
        Assert.All(Pairs.In(proxy.Lines, "outcome"), l => Assert.Equal(("primary", Name), (l["destination"], l["sni"])));
        Assert.Equal(["1.2", "1.3"], Pairs.In(proxy.Lines, "outcome").Select(l => l["tls_version"]).Order());
        proxy.ExpectCleanLog();
    }

    /// <summary>A second connection of the same client costs half a handshake.</summary>
    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Terminate_SecondConnection_IsResumed(string engine)
    {
        using var server = new EchoServer();
        using var front = await CertificateFiles.MakeAsync(Name);
        await using var proxy = await ProxyProcess.StartAsync(new(engine, ("primary", server.Address)) { Terminating = front.Terminating });
        foreach (var version in new[] { "1_2", "1_3" })
        {
            var saved = front.File($"session-{version}");
            var first = await ClientAsync(proxy, front, $"-tls{version} -sess_out {saved}", "echo ping; sleep 0.3");
            var second = await ClientAsync(proxy, front, $"-tls{version} -sess_in {saved}", "echo ping; sleep 0.3");
            Assert.Contains("New, TLSv", first.Output, StringComparison.Ordinal);
            Assert.Contains("Reused, TLSv", second.Output, StringComparison.Ordinal);
        }

        proxy.ExpectCleanLog();
    }

    /// <summary>A client that asks to shake hands again (TLS 1.2), which costs the server far more than the client, is reset.</summary>
    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Terminate_Renegotiation_IsRefused(string engine)
    {
        using var server = new EchoServer();
        using var front = await CertificateFiles.MakeAsync(Name);
        await using var proxy = await ProxyProcess.StartAsync(
            new(engine, ("primary", server.Address)) { Terminating = front.Terminating, LogsConnections = true });

        var session = await ClientAsync(proxy, front, "-tls1_2", "echo R; sleep 0.5");

        var behind = session.Output[session.Output.IndexOf("RENEGOTIATING", StringComparison.Ordinal)..];
        Assert.DoesNotContain("verify return", behind, StringComparison.Ordinal);
        await proxy.HasWrittenAsync("outcome=tls_failed");
        (await ClientAsync(proxy, front, "-tls1_2", "echo ping; sleep 0.3")).ExpectSuccess("the next client");
        proxy.ExpectCleanLog();
    }

    /// <summary>A client that does not trust the certificate says so; the operator is told what to look at.</summary>
    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Terminate_ClientDoesNotTrustUs_IsTold(string engine)
    {
        using var server = new EchoServer();
        using var front = await CertificateFiles.MakeAsync(Name);
        using var other = await CertificateFiles.MakeAsync(Name);
        await using var proxy = await ProxyProcess.StartAsync(new(engine, ("primary", server.Address)) { Terminating = front.Terminating });

        Assert.NotEqual(0, (await ClientAsync(proxy, other, "-tls1_2", "echo ping")).ExitCode);

        await proxy.HasWrittenAsync("refused_by_peer");
        Assert.Equal(1, (await proxy.MetricsAsync()).Sum("tls_handshakes_total", ("result", "refused_by_peer")));
        Assert.Contains("trusts the certificate", proxy.Text, StringComparison.Ordinal);
        proxy.ExpectCleanLog();
    }

    /// <summary>Two certificates for one name: the signature schemes and suites in the client's hello choose, with each version.</summary>
    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Terminate_OneRsaAndOneEcdsa_TheClientsAbilitiesChoose(string engine)
    {
        using var server = new EchoServer();
        using var rsa = await CertificateFiles.MakeAsync(Name, "rsa:2048");
        using var ecdsa = await CertificateFiles.MakeAsync(Name, "ec -pkeyopt ec_paramgen_curve:P-384");
        await using var proxy = await ProxyProcess.StartAsync(new(engine, ("primary", server.Address))
        {
            ListenerTls = $$"""
                { "Mode": "Terminate",
                  "Certificate": { "Path": "{{rsa.Certificate}}", "KeyPath": "{{rsa.Key}}" },
                  "Certificates": [ { "Path": "{{ecdsa.Certificate}}", "KeyPath": "{{ecdsa.Key}}" } ] }
                """,
        });

        (string Options, CertificateFiles Shown)[] clients =
        [
            ("-tls1_3", ecdsa),
            ("-tls1_3 -sigalgs RSA-PSS+SHA256:RSA+SHA256", rsa),
            ("-tls1_3 -sigalgs ECDSA+SHA384:RSA-PSS+SHA256", ecdsa),
            ("-tls1_3 -sigalgs ECDSA+SHA256:RSA-PSS+SHA256", rsa),
            ("-tls1_2", ecdsa),
            ("-tls1_2 -sigalgs RSA+SHA256", rsa),
            ("-tls1_2 -cipher aRSA", rsa),
            ("-tls1_2 -cipher aECDSA", ecdsa),
            ("-tls1_2 -curves P-256:X25519", rsa),
            ("-sigalgs RSA-PSS+SHA256:RSA+SHA256", rsa),
        ];
        foreach (var (options, shown) in clients)
        {
            (await ClientAsync(proxy, shown, options, "echo ping; sleep 0.2")).ExpectSuccess($"{options}\n{proxy.Text}");
        }

        proxy.ExpectCleanLog();
    }

    private static Task<CommandResult> ClientAsync(ProxyProcess proxy, CertificateFiles front, string options, string says)
        => CommandResult.OfAsync(
            "/bin/sh", "-c",
            $"({says}) | timeout 20 {Requirement.Command("openssl")} s_client -connect "
                + $"127.0.0.1:{proxy.Port} -servername {Name} -verify_return_error -CAfile {front.Certificate} {options}");
}
