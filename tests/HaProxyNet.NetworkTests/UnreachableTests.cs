using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>A primary to which the network knows no way (ICMP host unreachable): as good as a refusal, and as quick.</summary>
public sealed class UnreachableTests
{
    private const int Rpcs = 10;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Primary_NoRouteToHost_FallsThroughInTheSameConnection(string engine)
    {
        await using var network = await TwoNamespaces.CreateAsync();
        var curl = Requirement.Command("curl");
        using var folder = new ScratchFolder();
        await using var secondary = new IqAgent("secondary", folder, network.Near);
        await secondary.StartAsync();
        await network.MakeUnreachableAsync();
        await using var proxy = await ProxyProcess.StartAsync(
            new(engine, ("primary", $"{TwoNamespaces.FarAddress}:5050"), ("secondary", secondary.Address))
            {
                LogsConnections = true,
                Prefix = network.Near,
                Fetch = [.. network.Near, curl, "-sf", "--max-time", "30"],
            });

        await using var client = IqClient.Start(proxy.Port, Rpcs, TimeSpan.FromSeconds(1), [secondary], network.Near);
        var report = await client.ReportAsync();
        var metrics = await proxy.MetricsAsync();
        await proxy.TerminateAsync();

        Assert.Equal((Rpcs, 0), (report.Count("rpcs"), report.Count("failed")));
        var lines = Pairs.In(proxy.Lines, "outcome");
        Assert.Equal(("fall_through", "secondary", "2"), (lines[0]["reason"], lines[0]["destination"], lines[0]["attempts"]));
        Assert.All(lines.Skip(1), line => Assert.Equal(("preferred_down", "1"), (line["reason"], line["attempts"])));
        Assert.Equal(1, metrics.Sum("connect_failures_total", ("destination", "primary"), ("reason", "unreachable")));
        proxy.ExpectCleanLog();
    }

    [Theory]
    [InlineData("Reactor", "blackhole")]
    [InlineData("Managed", "blackhole")]
    [InlineData("Reactor", "prohibit")]
    [InlineData("Managed", "prohibit")]
    public async Task Primary_NullRouted_IsDownAndTheSecondaryServes(string engine, string kind)
    {
        await using var network = await TwoNamespaces.CreateAsync();
        var curl = Requirement.Command("curl");
        using var folder = new ScratchFolder();
        await using var secondary = new IqAgent("secondary", folder, network.Near);
        await secondary.StartAsync();
        await network.MakeUnreachableAsync(kind);
        await using var proxy = await StartAsync(engine, network, secondary, curl);

        await using var client = IqClient.Start(proxy.Port, Rpcs, TimeSpan.FromSeconds(1), [secondary], network.Near);
        var report = await client.ReportAsync();
        var metrics = await proxy.MetricsAsync();
        await proxy.TerminateAsync();

        Assert.Equal((Rpcs, 0), (report.Count("rpcs"), report.Count("failed")));
        Assert.Equal(0, metrics.Sum("destination_up", ("destination", "primary")));
        Assert.Equal(1, metrics.Sum("failovers_total", ("from", "primary"), ("to", "secondary"), ("reason", "unreachable")));
    }

    private static Task<ProxyProcess> StartAsync(string engine, TwoNamespaces network, IqAgent secondary, string curl)
        => ProxyProcess.StartAsync(
            new(engine, ("primary", $"{TwoNamespaces.FarAddress}:5050"), ("secondary", secondary.Address))
            {
                LogsConnections = true,
                Prefix = network.Near,
                Fetch = [.. network.Near, curl, "-sf", "--max-time", "30"],
            });
}
