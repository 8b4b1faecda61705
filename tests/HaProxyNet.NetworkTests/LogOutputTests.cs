using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>The log for machines, of a real process.</summary>
public sealed class LogOutputTests
{
    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Json_EveryLineIsAnObjectAndAConnectionsLinesHaveItsNumber(string engine)
    {
        await using var agent = await NginxServer.StartedAsync();
        await using var proxy = await StartAsync(engine, agent, ("Log__Format", "Json"), ("Listeners__front__Log__AtStart", "true"));

        await GetAsync(proxy);
        await proxy.HasWrittenAsync("Connection closed");
        await proxy.TerminateAsync();

        var lines = proxy.Lines.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var (start, end) = (lines.Single(l => Is(l, "Connection started")), lines.Single(l => Is(l, "Connection closed")));
        Assert.Equal(start.GetProperty("connection").GetString(), end.GetProperty("connection").GetString());
        Assert.Equal(
            ("started", "completed", "fin"),
            (start.GetProperty("state").GetString(), end.GetProperty("outcome").GetString(), end.GetProperty("closed_with").GetString()));
        Assert.All(lines, line => Assert.Equal(JsonValueKind.Number, line.GetProperty("event").ValueKind));
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Syslog_ServerIsAwayThenNeverReads_ClientsAreServedAndItIsSaid(string engine)
    {
        var port = FreePorts.Next();
        await using var agent = await NginxServer.StartedAsync();
        await using var proxy = await StartAsync(engine, agent, ("Log__Syslog__Address", $"tcp://127.0.0.1:{port}"));
        await proxy.HasWrittenAsync($"The syslog server tcp://127.0.0.1:{port} takes no log lines: ");
        await GetAsync(proxy);

        using var server = new TcpListener(IPAddress.Loopback, port);
        server.Start();
        await proxy.HasWrittenAsync($"The syslog server tcp://127.0.0.1:{port} takes log lines again.");
        await GetAsync(proxy);

        using var connection = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        var kept = new byte[4096];
        var read = await connection.GetStream().ReadAsync(kept, TestContext.Current.CancellationToken);
        Assert.Matches(@"^\d+ <\d+>1 \d{4}-", System.Text.Encoding.UTF8.GetString(kept, 0, read));
        Assert.Equal(0, await proxy.TerminateAsync());
        proxy.ExpectCleanLog();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Journal_NoJournald_TextAndOneWarning(string engine)
    {
        Assert.SkipWhen(File.Exists("/run/systemd/journal/socket"), "journald runs here: its absence is what this test is about");
        await using var agent = await NginxServer.StartedAsync();
        await using var proxy = await StartAsync(engine, agent, ("Log__Format", "Journal"));

        await GetAsync(proxy);
        await proxy.HasWrittenAsync("outcome=completed");

        Assert.Single(
            proxy.Lines, line => line.Contains("Log.Format is Journal, and journald does not listen at", StringComparison.Ordinal));
    }

    private static bool Is(JsonElement line, string message) => line.GetProperty("message").GetString() == message;

    private static async Task<ProxyProcess> StartAsync(string engine, NginxServer agent, params (string Key, string Value)[] settings)
        => await ProxyProcess.StartAsync(new(engine, ("primary", agent.Address))
        {
            LogsConnections = true,
            MoreEnvironment = settings.ToDictionary(s => "HAPROXYNET__" + s.Key, s => s.Value, StringComparer.Ordinal),
        });

    private static async Task GetAsync(ProxyProcess proxy)
        => (await CommandResult.OfAsync(Requirement.Command("curl"), "-sf", "--max-time", "30", $"http://127.0.0.1:{proxy.Port}/"))
            .ExpectSuccess("curl through the proxy");
}
