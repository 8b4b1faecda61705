using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>
/// A primary whose machine is gone: nothing answers, not even with a refusal. Only time tells, and only the first to ask may wait.
/// </summary>
public sealed class BlackHoleTests(ITestOutputHelper output)
{
    private const int RequestsWhileDown = 20;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Primary_PacketsAreDropped_OnlyTheFirstWaitsAndItIsUsedAgainAfterwards(string engine)
    {
        await using var network = await TwoNamespaces.CreateAsync();
        var curl = Requirement.Command("curl");
        using var folder = new ScratchFolder();
        await using var primary = new IqAgent("primary", folder, network.Far) { Host = TwoNamespaces.FarAddress };
        await using var secondary = new IqAgent("secondary", folder, network.Near);
        await Task.WhenAll(primary.StartAsync(), secondary.StartAsync());
        await using var proxy = await ProxyProcess.StartAsync(new(engine, ("primary", primary.Address), ("secondary", secondary.Address))
        {
            ConnectTimeout = TimeSpan.FromSeconds(1),
            LogsConnections = true,
            Prefix = network.Near,
            Fetch = [.. network.Near, curl, "-sf", "--max-time", "30"],
        });

        await SendAsync(proxy, network, rpcs: 1);
        await network.DropAsync(primary.Port);
        await SendAsync(proxy, network, rpcs: 1);
        await SendAsync(proxy, network, RequestsWhileDown);
        await network.LetPassAsync();
        await proxy.IsActiveAsync("primary");
        await SendAsync(proxy, network, rpcs: 1);

        await proxy.TerminateAsync();
        var lines = Pairs.In(proxy.Lines, "outcome");
        lines.ToList().ForEach(line => output.WriteLine($"{engine}: {line.Line.Trim()}"));
        Assert.Equal(["preferred", "hedge"], lines.Take(2).Select(line => line["reason"]));
        Assert.Equal(("preferred", RequestsWhileDown + 3), (lines[^1]["reason"], lines.Count));
        Assert.Equal("primary", lines[^1]["destination"]);
        Assert.All(lines.Skip(2).SkipLast(1), line =>
        {
            Assert.Contains(line["reason"], new[] { "preferred_suspect", "preferred_down" });
            Assert.Equal(("secondary", "1"), (line["destination"], line["attempts"]));
        });
        proxy.ExpectCleanLog();
    }

    /// <summary>A client of its own for this many RPCs; none may fail.</summary>
    private static async Task SendAsync(ProxyProcess proxy, TwoNamespaces network, int rpcs)
    {
        const int Rate = 10;
        await using var client = IqClient.Start(proxy.Port, Rate, TimeSpan.FromSeconds((double)rpcs / Rate), [], network.Near);
        var report = await client.ReportAsync();
        Assert.True(report.Count("rpcs") == rpcs && report.Count("failed") == 0, $"{client.Text}\n{proxy.Text}");
    }
}
