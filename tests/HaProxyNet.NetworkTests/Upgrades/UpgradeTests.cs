using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.Upgrades;

/// <summary>
/// A new process takes over while clients work: nothing is refused, reset or changed, and no counter goes back. With
/// <c>HAPROXYNET_TEST_FULL=1</c> a hundred upgrades under 2,000 connections, else three under fewer.
/// </summary>
public sealed class UpgradeTests(ITestOutputHelper output)
{
    private static readonly int _upgrades = Requirement.IsFullForm ? 100 : 3;
    private static readonly int _idle = Requirement.IsFullForm ? 1_800 : 100;
    private static readonly int _streams = Requirement.IsFullForm ? 200 : 20;
    private static readonly int _rate = Requirement.IsFullForm ? 300 : 50;

    [Fact]
    public async Task Upgrade_UnderLoad_NothingIsRefusedResetOrChanged()
    {
        using var primary = new EchoServer();
        using var secondary = new EchoServer();
        await using var proxy = new UpgradedProxy(
            await ProxyProcess.StartAsync(new("Reactor", ("primary", primary.Address), ("secondary", secondary.Address))));
        var port = proxy.First.Port;
        var idle = await Task.WhenAll(Enumerable.Range(0, _idle).Select(_ => EchoClient.ConnectAsync(port)));
        var streams = await Task.WhenAll(Enumerable.Range(0, _streams).Select(_ => StreamingClient.StartAsync(port)));
        using var stop = new CancellationTokenSource();
        var shorts = Task.Run(() => ConnectAllTheTimeAsync(port, stop.Token), CancellationToken.None);

        var counted = 0.0;
        for (var upgrade = 0; upgrade < _upgrades; upgrade++)
        {
            await proxy.UpgradeAsync();
            var now = await CountAsync(proxy.First);
            Assert.True(now >= counted, $"connections_total went back from {counted} to {now}");
            counted = now;
        }

        await stop.CancelAsync();
        var short_ = await shorts;
        await Task.WhenAll(streams.Select(stream => stream.FinishAsync()));
        foreach (var client in idle)
        {
            await client.ExchangeAsync();
            await client.FinishAsync();
            client.Dispose();
        }

        await proxy.First.IsIdleAsync();
        Assert.Equal(idle.Length + streams.Length + short_, await CountAsync(proxy.First));
        var pauses = streams.Select(stream => stream.LongestPause.TotalMilliseconds).Order().ToList();
        output.WriteLine(
            $"upgrades={_upgrades} idle={idle.Length} streams={streams.Length} short={short_} bytes={streams.Sum(s => s.Received)} "
            + $"longest_pause_ms p50={pauses[pauses.Count / 2]:F1} max={pauses[^1]:F1}");
        Array.ForEach(streams, stream => stream.Dispose());
        proxy.First.ExpectCleanLog();
    }

    [Theory]
    [InlineData("Start")]
    [InlineData("Start-lie")]
    [InlineData("Offer")]
    [InlineData("State")]
    [InlineData("Relays")]
    [InlineData("Relays-hang")]
    [InlineData("Commit")]
    [InlineData("Commit-hang")]
    public async Task Upgrade_NewProcessFails_TheOldOneGoesOnWithAllThatItHad(string step)
    {
        using var server = new EchoServer();
        await using var proxy = await ProxyProcess.StartAsync(new("Reactor", ("primary", server.Address))
        {
            MoreEnvironment = new Dictionary<string, string> { ["HAPROXYNET_SABOTEUR"] = step },
        });
        using var idle = await EchoClient.ConnectAsync(proxy.Port);
        await idle.ExchangeAsync();
        using var stream = await StreamingClient.StartAsync(proxy.Port);

        var answer = await proxy.CommandAsync("upgrade", "--binary", BuildOutput.Saboteur);

        Assert.Equal(1, answer.ExitCode);
        Assert.Contains("nothing has changed", answer.Output, StringComparison.Ordinal);
        output.WriteLine(answer.Output);
        using var late = await EchoClient.ConnectAsync(proxy.Port);
        await late.ExchangeAsync();
        await late.FinishAsync();
        await idle.ExchangeAsync();
        await idle.FinishAsync();
        await stream.FinishAsync();
        Assert.Equal(0, await proxy.TerminateAsync());
        proxy.ExpectCleanLog();
    }

    [Theory]
    [InlineData("/no/such/file", "there is no executable /no/such/file")]
    [InlineData("/bin/true", "it ended with exit code 0")]
    [InlineData("/etc/hostname", "cannot be started")]
    public async Task Upgrade_NoProxy_IsSaidAndNothingChanges(string binary, string words)
    {
        using var server = new EchoServer();
        await using var proxy = await ProxyProcess.StartAsync(new("Reactor", ("primary", server.Address)));

        var answer = await proxy.CommandAsync("upgrade", "--binary", binary);

        Assert.Equal(1, answer.ExitCode);
        Assert.Contains(words, answer.Output, StringComparison.Ordinal);
        using var client = await EchoClient.ConnectAsync(proxy.Port);
        await client.ExchangeAsync();
    }

    [Fact]
    public async Task Upgrade_FileHasFaults_TheOldOneServesOn()
    {
        using var server = new EchoServer();
        var setup = new ProxySetup("Reactor", ("primary", server.Address));
        await using var proxy = await ProxyProcess.StartAsync(setup);
        var good = await File.ReadAllTextAsync(setup.File, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            setup.File, good.Replace("\"Endpoint\"", "\"Endpont\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var answer = await CommandResult.OfAsync("dotnet", BuildOutput.Proxy, "upgrade", "--socket", setup.ControlSocket);

        Assert.Equal(1, answer.ExitCode);
        Assert.Contains("nothing has changed", answer.Output, StringComparison.Ordinal);
        using var client = await EchoClient.ConnectAsync(proxy.Port);
        await client.ExchangeAsync();
    }

    [Fact]
    public async Task Upgrade_ManagedEngine_IsRefusedInWords()
    {
        using var server = new EchoServer();
        await using var proxy = await ProxyProcess.StartAsync(new("Managed", ("primary", server.Address)));

        var answer = await proxy.CommandAsync("upgrade");

        Assert.Equal(1, answer.ExitCode);
        Assert.Contains("cannot hand over; restart", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_VariableThatNobodyHasSet_IsRefused()
    {
        using var setup = new ProxySetup("Reactor", ("primary", "127.0.0.1:1"));
        await using var proxy = new ProcessUnderTest(
            "proxy", "dotnet", [BuildOutput.Proxy, "run", "--config", setup.WriteFile()],
            new Dictionary<string, string> { ["HAPROXYNET_HANDOVER"] = "0" });

        Assert.Equal(1, await proxy.EndAsync());
        Assert.Contains("no proxy that is being upgraded has set that", proxy.Text, StringComparison.Ordinal);
    }

    private static async Task<int> ConnectAllTheTimeAsync(int port, CancellationToken stop)
    {
        var count = 0;
        while (!stop.IsCancellationRequested)
        {
            using var client = await EchoClient.ConnectAsync(port);
            await client.ExchangeAsync();
            await client.FinishAsync();
            count++;
            await Task.Delay(TimeSpan.FromSeconds(1.0 / _rate), TimeProvider.System, CancellationToken.None);
        }

        return count;
    }

    private static async Task<double> CountAsync(ProxyProcess proxy)
    {
        try
        {
            return (await proxy.MetricsAsync()).Sum("connections_total");
        }
        catch (HttpRequestException)
        {
            // The admin endpoint goes from one process to the other a moment after the connections.
            await Task.Delay(TimeSpan.FromMilliseconds(200));
            return (await proxy.MetricsAsync()).Sum("connections_total");
        }
    }
}
