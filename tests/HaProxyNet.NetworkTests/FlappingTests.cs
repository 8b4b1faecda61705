using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>
/// A primary that refuses every other second, under 100 RPCs a second, with the default hold-down: 20 s as a rule, a minute with
/// HAPROXYNET_TEST_FULL=1. The second is the scenario; nothing waits on it.
/// </summary>
public sealed class FlappingTests(ITestOutputHelper output)
{
    private const int Rate = 100;
    private const int MostSwitches = 8;

    private static readonly int _seconds = Requirement.IsFullForm ? 60 : 12;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Primary_RefusesEveryOtherSecond_FewSwitchesAndNoneFails(string engine)
    {
        await using var network = await TwoNamespaces.CreateAsync();
        var curl = Requirement.Command("curl");
        using var folder = new ScratchFolder();
        await using var primary = new IqAgent("primary", folder, network.Far) { Host = TwoNamespaces.FarAddress };
        await using var secondary = new IqAgent("secondary", folder, network.Near);
        await Task.WhenAll(primary.StartAsync(), secondary.StartAsync());
        await using var proxy = await ProxyProcess.StartAsync(new(engine, ("primary", primary.Address), ("secondary", secondary.Address))
        {
            HoldDown = null,
            Prefix = network.Near,
            Fetch = [.. network.Near, curl, "-sf", "--max-time", "30"],
        });
        await using var client = IqClient.Start(proxy.Port, Rate, TimeSpan.FromMinutes(10), [primary, secondary], network.Near);
        await Eventually.HoldsAsync(async () => await proxy.EndedAsync("primary") >= Rate, () => "the primary serves");

        for (var second = 0; second < _seconds; second += 2)
        {
            await network.RefuseAsync(primary.Port);
            await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
            await network.LetPassAsync();
            await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        }

        client.Send(Signal.Terminate);
        var report = await client.ReportAsync();
        var metrics = await proxy.MetricsAsync();
        await proxy.TerminateAsync();

        var switches = metrics.Sum("failovers_total");
        output.WriteLine($"{engine}: switches={switches} in {_seconds} s; {report.Line}");
        Assert.Equal((0, 0, 0), (report.Count("failed"), report.Count("duplicates"), report.Count("unexecuted")));
        Assert.InRange(switches, 1, MostSwitches);

        // It accepts again by now: one more failback may have come after the scrape.
        var told = proxy.Lines.Count(line => line.Contains("Failover in", StringComparison.Ordinal)
            || line.Contains("Failback in", StringComparison.Ordinal));
        Assert.InRange(told, switches, switches + 1);
        proxy.ExpectCleanLog();
    }
}
