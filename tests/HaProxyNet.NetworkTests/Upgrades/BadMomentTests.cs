using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.Upgrades;

/// <summary>An upgrade at a bad moment: what cannot be is said in one line, and what the proxy has it keeps.</summary>
public sealed class BadMomentTests
{
    [Fact]
    public async Task Upgrade_AnotherOneIsUnderWay_IsRefused()
    {
        using var server = new EchoServer();
        await using var proxy = await ProxyProcess.StartAsync(new("Reactor", ("primary", server.Address))
        {
            MoreEnvironment = new Dictionary<string, string> { ["HAPROXYNET_SABOTEUR"] = "Start-hang" },
        });
        var first = proxy.CommandAsync("upgrade", "--binary", BuildOutput.Saboteur);
        await Eventually.HoldsAsync(() => ProcessFigures.ChildrenOf(proxy.Id).Any(), () => "the first upgrade has begun");
        var hanging = Assert.Single(ProcessFigures.ChildrenOf(proxy.Id));

        var second = await proxy.CommandAsync("upgrade");

        Assert.Equal(1, second.ExitCode);
        Assert.Contains("an upgrade is under way; wait for it", second.Output, StringComparison.Ordinal);
        Signal.Send(hanging, Signal.Kill);
        Assert.Equal(1, (await first).ExitCode);
        await ServesAsync(proxy);
    }

    [Fact]
    public async Task Upgrade_WhileDraining_IsRefused()
    {
        using var server = new EchoServer();
        await using var proxy = await ProxyProcess.StartAsync(new("Reactor", ("primary", server.Address))
        {
            ShutdownTimeout = TimeSpan.FromMinutes(5),
        });
        using var client = await EchoClient.ConnectAsync(proxy.Port);
        await client.ExchangeAsync();
        proxy.Send(Signal.Terminate);
        await Eventually.HoldsAsync(
            async () => (await proxy.CommandAsync("ready")).ExitCode != 0, () => "the drain has begun");

        var answer = await proxy.CommandAsync("upgrade");

        Assert.Equal(1, answer.ExitCode);
        Assert.Contains("the proxy is ending; start a new one", answer.Output, StringComparison.Ordinal);
        await client.ExchangeAsync();
        await client.FinishAsync();
        Assert.Equal(0, await proxy.EndAsync());
    }

    [Fact]
    public async Task Upgrade_NewListenerOnAPortThatIsTaken_IsSaidAndNothingChanges()
    {
        using var server = new EchoServer();
        using var other = new EchoServer();
        var setup = new ProxySetup("Reactor", ("primary", server.Address));
        await using var proxy = await ProxyProcess.StartAsync(setup);
        using var client = await EchoClient.ConnectAsync(proxy.Port);
        await client.ExchangeAsync();
        var good = await File.ReadAllTextAsync(setup.File, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            setup.File,
            good.Replace(
                "\"Listeners\":{",
                $"\"Listeners\":{{\"more\":{{\"Endpoint\":\"{other.Address}\",\"Cluster\":\"pair\"}},",
                StringComparison.Ordinal),
            TestContext.Current.CancellationToken);

        var answer = await CommandResult.OfAsync("dotnet", BuildOutput.Proxy, "upgrade", "--socket", setup.ControlSocket);

        Assert.Equal(1, answer.ExitCode);
        Assert.Contains("nothing has changed", answer.Output, StringComparison.Ordinal);
        await client.ExchangeAsync();
        await ServesAsync(proxy);
    }

    [Fact]
    public async Task Upgrade_DescriptorsNearlyOut_EveryConnectionGoesOn()
    {
        using var server = new EchoServer();
        await using var proxy = new UpgradedProxy(await ProxyProcess.StartAsync(new("Reactor", ("primary", server.Address))
        {
            Prefix = [Requirement.Command("prlimit", "util-linux"), "--nofile=512:512"],
        }));
        var clients = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => EchoClient.ConnectAsync(proxy.First.Port)));
        await Task.WhenAll(clients.Select(client => client.ExchangeAsync()));

        var answer = await proxy.TryUpgradeAsync();

        // Whether there is room for the second process depends on the runtime. Either everything went with it, or nothing has changed.
        Assert.True(
            answer.ExitCode == 0 || answer.Output.Contains("nothing has changed", StringComparison.Ordinal),
            answer.Output + "\n" + proxy.First.Text);
        foreach (var client in clients)
        {
            await client.ExchangeAsync();
            client.Dispose();
        }
    }

    /// <summary>A reload that has begun comes first; the new process has what it made of the file.</summary>
    [Fact]
    public async Task Upgrade_WhileAReloadRuns_BothTakeEffect()
    {
        using var before = new EchoServer();
        using var after = new EchoServer();
        await using var proxy = new UpgradedProxy(await ProxyProcess.StartAsync(new("Reactor", ("primary", before.Address))));
        using var client = await EchoClient.ConnectAsync(proxy.First.Port);
        await client.ExchangeAsync();

        proxy.First.Reload(("first", after.Address), ("primary", before.Address));
        await proxy.UpgradeAsync();

        await client.ExchangeAsync();
        await proxy.First.IsActiveAsync("first");
        await ServesAsync(proxy.First);
    }

    private static async Task ServesAsync(ProxyProcess proxy)
    {
        using var client = await EchoClient.ConnectAsync(proxy.Port);
        await client.ExchangeAsync();
        await client.FinishAsync();
    }
}
