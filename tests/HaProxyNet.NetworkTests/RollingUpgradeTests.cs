using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>
/// docs/upgrade-iqservice.md as an operator does it: the executable's commands, 100 RPCs a second, agents of two versions, and a restart of
/// the proxy in the middle. While the proxy restarts its port refuses every client: the client pauses then, and nothing else is spared.
/// </summary>
public sealed class RollingUpgradeTests(ITestOutputHelper output)
{
    private const int Rate = 100;
    private static readonly TimeSpan _clientsPatience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(100);

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Upgrade_DrainSwitchFailback_NoRpcFailsAndNoneReachesADrainedAgent(string engine)
    {
        using var folder = new ScratchFolder();
        await using var primary = new IqAgent("primary", folder);
        await using var secondary = new IqAgent("secondary", folder);
        await Task.WhenAll(primary.StartAsync(), secondary.StartAsync());
        using var setup = new ProxySetup(engine, ("primary", primary.Address), ("secondary", secondary.Address)) { OutlivesProxy = true };

        var before = await ProxyProcess.StartAsync(setup);
        var reports = new List<Pairs>();
        await using (before)
        {
            await using var client = IqClient.Start(before.Port, Rate, _clientsPatience, [primary, secondary]);
            await ServesAsync(before, "primary");
            await DoAsync(before, "drain", "pair/secondary", "--wait", "1m");
            await UpgradeAsync(before, secondary, other: "primary");
            reports.Add(await PauseAsync(client));
            Assert.Equal(0, await before.TerminateAsync());
        }

        await using var proxy = await ProxyProcess.StartAsync(setup);
        Assert.Contains("draining", (await DoAsync(proxy, "status")).Output, StringComparison.Ordinal);
        await using var second = IqClient.Start(proxy.Port, Rate, _clientsPatience, [primary, secondary]);
        await ServesAsync(proxy, "primary");
        await ExpectUntouchedAsync(secondary);
        await DoAsync(proxy, "enable", "pair/secondary");
        await DoAsync(proxy, "switch", "pair", "secondary");
        await ServesAsync(proxy, "secondary");
        await DoAsync(proxy, "drain", "pair/primary", "--wait", "1m");
        await UpgradeAsync(proxy, primary, other: "secondary");
        await ExpectUntouchedAsync(primary);
        await DoAsync(proxy, "enable", "pair/primary");
        await DoAsync(proxy, "failback", "pair");
        await ServesAsync(proxy, "primary");
        reports.Add(await PauseAsync(second));
        var lives = await Task.WhenAll(primary.StopAsync(), secondary.StopAsync());

        await proxy.TerminateAsync();
        foreach (var report in reports)
        {
            output.WriteLine($"{engine}: {report.Line}");
            Assert.Equal((0, 0, 0), (report.Count("failed"), report.Count("duplicates"), report.Count("unexecuted")));
        }

        Assert.Equal(reports.Sum(r => r.Count("rpcs")), primary.Total("requests") + secondary.Total("requests"));
        Assert.Equal(0, primary.Total("duplicates") + secondary.Total("duplicates"));
        Assert.All(lives, life => Assert.True(life.Count("requests") > 0, life.Line));
        proxy.ExpectCleanLog();
    }

    /// <summary>The agent goes away and comes back in its new version, and the drained one is left alone meanwhile.</summary>
    private static async Task UpgradeAsync(ProxyProcess proxy, IqAgent agent, string other)
    {
        await agent.StopAsync();
        agent.Version = "2.0";
        await agent.StartAsync();
        await ServesAsync(proxy, other);
    }

    /// <summary>Since it was started nobody has connected to it: its life ends with nothing accepted, and it starts again.</summary>
    private static async Task ExpectUntouchedAsync(IqAgent agent)
    {
        var life = await agent.StopAsync();
        Assert.Equal((0, 0), (life.Count("accepted"), life.Count("requests")));
        await agent.StartAsync();
    }

    private static async Task<CommandResult> DoAsync(ProxyProcess proxy, params string[] command)
    {
        var result = await proxy.CommandAsync(command);
        result.ExpectSuccess(string.Join(' ', command));
        return result;
    }

    /// <summary>A second's worth of RPCs ends there.</summary>
    private static async Task ServesAsync(ProxyProcess proxy, string destination)
    {
        var before = await proxy.EndedAsync(destination);
        await Eventually.HoldsAsync(async () => await proxy.EndedAsync(destination) >= before + Rate, () => $"{destination} serves", _look);
    }

    private static async Task<Pairs> PauseAsync(IqClient client)
    {
        client.Send(Signal.Terminate);
        return await client.ReportAsync();
    }
}
