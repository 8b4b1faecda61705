using System.Text.Json;
using System.Text.Json.Nodes;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.Upgrades;

/// <summary>
/// TLS that ends in the proxy stays with the old process. What it still has is to be read where operators read everything: at the new one.
/// </summary>
public sealed class PredecessorTests : IDisposable
{
    private readonly HttpClient _admin = new() { Timeout = TimeSpan.FromSeconds(30) };

    public PredecessorTests() => _admin.DefaultRequestHeaders.ConnectionClose = true;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Upgrade_TlsThatEndsHere_IsReadAtTheNewProcessUntilItEnds(string engine)
    {
        using var certificate = await CertificateFiles.MakeAsync("iqservice.corp.example");
        using var server = new EchoServer();
        using var setup = Setup(certificate, server, engine);
        await using var proxy = await UpgradedProxy.StartAsync(setup);
        var first = proxy.First.Id;
        using var client = await TlsEchoClient.ConnectAsync(setup.Port);
        await client.ExchangeAsync();

        await proxy.UpgradeAndLeaveAsync();

        var status = await ReadAsync(setup, "api/v1/status");
        var old = Assert.Single(status["predecessors"]!.AsArray())!;
        Assert.Equal((first, 1), ((int)old["process"]!, (int)old["connections"]!));
        var metrics = await proxy.First.MetricsAsync();
        Assert.Equal(1, metrics.Sum("predecessors"));
        Assert.Equal(1, metrics.Sum("predecessor_connections_active", ("cluster", "pair"), ("destination", "primary")));
        Assert.Equal(0, metrics.Sum("connections_active"));
        using var other = await TlsEchoClient.ConnectAsync(setup.Port);
        await other.ExchangeAsync();
        var sessions = (await ReadAsync(setup, "api/v1/sessions")).AsArray();
        Assert.Equal(first, (int)Assert.Single(sessions, one => (string)one!["client"]! == client.Address)!["process"]!);
        Assert.Null(Assert.Single(sessions, one => (string)one!["client"]! == other.Address)!["process"]);

        // Before an agent is stopped, the connections of both processes count.
        var drained = await proxy.First.CommandAsync("drain", "pair/primary", "--force");
        Assert.Contains("2 connections", drained.Output, StringComparison.Ordinal);
        var closed = await proxy.First.CommandAsync("close", "pair/primary");
        Assert.Contains($"1 more belong to process {first}", closed.Output, StringComparison.Ordinal);
        var shown = await proxy.First.CommandAsync("status");
        Assert.Contains("OLD PROCESS", shown.Output, StringComparison.Ordinal);
        await client.ExchangeAsync();

        await client.FinishAsync();

        await proxy.HasGoneAsync(first);
        await Eventually.HoldsAsync(
            async () => (await ReadAsync(setup, "api/v1/status"))["predecessors"]!.AsArray().Count == 0, () => "none is left");
        metrics = await proxy.First.MetricsAsync();
        Assert.Equal(2, metrics.Sum("connections_total"));
        Assert.Equal(0, metrics.Sum("predecessors"));
        proxy.First.ExpectCleanLog();
    }

    [Fact]
    public async Task Upgrade_OldProcessHangs_TheNewOneAnswersAndIsUpgradedItself()
    {
        using var certificate = await CertificateFiles.MakeAsync("iqservice.corp.example");
        using var server = new EchoServer();
        using var setup = Setup(certificate, server, Engines.Reactor);
        await using var proxy = await UpgradedProxy.StartAsync(setup);
        var first = proxy.First.Id;
        using var client = await TlsEchoClient.ConnectAsync(setup.Port);
        await client.ExchangeAsync();
        await proxy.UpgradeAndLeaveAsync();
        var second = proxy.Serving;

        proxy.First.Send(Signal.Stop);
        try
        {
            var heard = 0.0;
            await Eventually.HoldsAsync(
                async () => (heard = await HeardAsync(setup, first)) > 1.5, () => $"the old process is silent, {heard} s for now");
            await proxy.UpgradeAndLeaveAsync();

            // Two processes before it, of which the second has no connection, and stays only because the first one does.
            Assert.True(await HeardAsync(setup, first) >= 0);
            using var late = await TlsEchoClient.ConnectAsync(setup.Port);
            await late.ExchangeAsync();
            await late.FinishAsync();
        }
        finally
        {
            proxy.First.Send(Signal.Continue);
        }

        await client.ExchangeAsync();
        await client.FinishAsync();

        await proxy.HasGoneAsync(first);
        await proxy.HasGoneAsync(second);
        await Eventually.HoldsAsync(
            async () => (await proxy.First.MetricsAsync()).Sum("connections_total") == 2, () => "what the first one counted last is here");
        proxy.First.ExpectCleanLog();
    }

    public void Dispose() => _admin.Dispose();

    private static ProxySetup Setup(CertificateFiles certificate, EchoServer server, string engine)
        => new(engine, ("primary", server.Address))
        {
            OutlivesProxy = true,
            Terminating = certificate.Terminating,
        };

    private async Task<double> HeardAsync(ProxySetup setup, int process) => (await ReadAsync(setup, "api/v1/status"))["predecessors"]!
        .AsArray().Where(one => (int)one!["process"]! == process).Select(one => (double)one!["heardSeconds"]!).Single();

    /// <summary>The admin endpoint goes from one process to the other a moment after the connections.</summary>
    private async Task<JsonNode> ReadAsync(ProxySetup setup, string path)
    {
        JsonNode? read = null;
        await Eventually.HoldsAsync(
            async () =>
            {
                try
                {
                    read = JsonNode.Parse(await _admin.GetStringAsync(new Uri(setup.AdminUrl, path)));
                    return true;
                }
                catch (Exception fault) when (fault is HttpRequestException or JsonException)
                {
                    return false;
                }
            },
            () => $"/{path} answers");
        return read!;
    }
}
