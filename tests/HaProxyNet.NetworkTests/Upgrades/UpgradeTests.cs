using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.Upgrades;

/// <summary>
/// An upgrade that cannot be: the new process fails at each step, or there is no reason to begin. The old one goes on with all that it had.
/// </summary>
public sealed class UpgradeTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("Offer", "Managed")]
    [InlineData("Prepare", "Managed")]
    [InlineData("Commit", "Managed")]
    [InlineData("Commit-hang", "Managed")]
    [InlineData("Start")]
    [InlineData("Start-lie")]
    [InlineData("Offer")]
    [InlineData("Metrics")]
    [InlineData("State")]
    [InlineData("Relays")]
    [InlineData("Relays-hang")]
    [InlineData("Prepare")]
    [InlineData("Prepare-hang")]
    [InlineData("Changed")]
    [InlineData("Changed-hang")]
    [InlineData("Commit")]
    [InlineData("Commit-hang")]
    public async Task Upgrade_NewProcessFails_TheOldOneGoesOnWithAllThatItHad(string step, string engine = "Reactor")
    {
        using var server = new EchoServer();
        await using var proxy = await ProxyProcess.StartAsync(new(engine, ("primary", server.Address))
        {
            MoreEnvironment = new Dictionary<string, string> { ["HAPROXYNET_SABOTEUR"] = step },
        });
        using var idle = await EchoClient.ConnectAsync(proxy.Port);
        await idle.ExchangeAsync();
        using var stream = StreamingClient.Start(
            await EchoClient.ConnectAsync(proxy.Port), TimeSpan.FromMilliseconds(5));

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
    public async Task Run_VariableThatNobodyHasSet_IsRefused()
    {
        using var setup = new ProxySetup("Reactor", ("primary", "127.0.0.1:1"));
        await using var proxy = new ProcessUnderTest(
            "proxy", "dotnet", [BuildOutput.Proxy, "run", "--config", setup.WriteFile()],
            new Dictionary<string, string> { ["HAPROXYNET_HANDOVER"] = "0" });

        Assert.Equal(1, await proxy.EndAsync());
        Assert.Contains("no proxy that is being upgraded has set that", proxy.Text, StringComparison.Ordinal);
    }
}
