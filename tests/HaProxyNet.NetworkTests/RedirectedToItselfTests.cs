using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>A NAT rule leads connects to the primary back to the proxy's own listener: no address shows the circle.</summary>
public sealed class RedirectedToItselfTests
{
    private const int Rpcs = 40;

    /// <summary>It turns until somebody has looked; without that it is tens of thousands of turns for each client.</summary>
    private const int MostTurns = 20_000;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Primary_RedirectedToTheListener_SecondaryServesUntilTheRuleHasGone(string engine)
    {
        await using var network = await TwoNamespaces.CreateAsync();
        var (curl, nft) = (Requirement.Command("curl"), Requirement.Command("nft", "nftables"));
        using var folder = new ScratchFolder();
        await using var secondary = new IqAgent("secondary", folder, network.Near);
        await secondary.StartAsync();
        await using var primary = new IqAgent("primary", folder, network.Far) { Host = TwoNamespaces.FarAddress };
        await primary.StartAsync();
        await using var proxy = await ProxyProcess.StartAsync(
            new(engine, ("primary", primary.Address), ("secondary", secondary.Address))
            {
                Prefix = network.Near,
                Fetch = [.. network.Near, curl, "-sf", "--max-time", "30"],
            });
        await NearAsync(nft, "add", "table", "ip", "turn");
        await NearAsync(nft, "add", "chain", "ip", "turn", "out", "{ type nat hook output priority -100 ; }");
        await NearAsync(
            nft, "add", "rule", "ip", "turn", "out", "ip", "daddr", TwoNamespaces.FarAddress, "tcp", "dport", $"{primary.Port}",
            "redirect", "to", $":{proxy.Port}");

        await using var client = IqClient.Start(proxy.Port, Rpcs, TimeSpan.FromSeconds(1), [primary, secondary], network.Near);
        var report = await client.ReportAsync();

        Assert.Equal((Rpcs, 0), (report.Count("rpcs"), report.Count("failed")));
        var metrics = await proxy.MetricsAsync();
        Assert.Equal(0, metrics.Sum("destination_up", ("destination", "primary")));
        Assert.InRange(metrics.Sum("connect_failures_total", ("destination", "primary"), ("reason", "loop")), 1, MostTurns);
        Assert.InRange(metrics.Sum("connections_total", ("destination", "primary")), 0, MostTurns);
        Assert.Contains(proxy.Lines, line => line.Contains("arrived at this proxy's own listener", StringComparison.Ordinal));

        await NearAsync(nft, "delete", "table", "ip", "turn");

        await Eventually.HoldsAsync(
            async () => (await proxy.MetricsAsync()).Sum("destination_up", ("destination", "primary")) > 0,
            () => "the primary is up again");
        await proxy.TerminateAsync();

        async Task NearAsync(params string[] command)
            => (await CommandResult.OfAsync(network.Near[0], [.. network.Near[1..], .. command])).ExpectSuccess(string.Join(' ', command));
    }
}
