using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>
/// What probes are on the wire, counted where the primary is. The busy form takes one interval of ten seconds; with HAPROXYNET_TEST_FULL=1
/// a whole minute.
/// </summary>
public sealed class ProbePacketsTests(ITestOutputHelper output)
{
    private const int ProbesToSee = 10;

    /// <summary>
    /// None is accepted as a rule. A system acknowledges by itself after 40 ms, and a proxy that did not run for so long, on a busy
    /// machine, is later than that with its reset.
    /// </summary>
    private const int MostLate = ProbesToSee / 2;

    private const int Rate = 10;

    // As many times the idle secondary is asked while the primary is busy.
    private static readonly int _intervals = Requirement.IsFullForm ? 5 : 1;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Busy_NotOnePacketButTheClients(string engine)
    {
        await using var network = await TwoNamespaces.CreateAsync();
        using var folder = new ScratchFolder();
        await using var primary = new IqAgent("primary", folder, network.Far) { Host = TwoNamespaces.FarAddress };
        await using var secondary = new IqAgent("secondary", folder, network.Near);
        await Task.WhenAll(primary.StartAsync(), secondary.StartAsync());
        await network.CountAsync(primary.Port);
        await using var proxy = await StartProxyAsync(engine, network, primary, secondary, "00:00:10");

        await using var client = IqClient.Start(proxy.Port, Rate, TimeSpan.FromMinutes(5), [primary, secondary], network.Near);
        await Eventually.HoldsAsync(async () => await proxy.EndedAsync("primary") > 0, () => "the client is at work");
        var atFirst = await ProbesOfAsync(proxy, "primary");
        await Eventually.HoldsAsync(
            async () => await ProbesOfAsync(proxy, "secondary") >= _intervals, () => $"{_intervals} intervals have passed");
        var atLast = await ProbesOfAsync(proxy, "primary");
        client.Send(Signal.Terminate);
        var report = await client.ReportAsync();
        var inAll = await ProbesOfAsync(proxy, "primary");
        await proxy.TerminateAsync();
        await Task.WhenAll(primary.StopAsync(), secondary.StopAsync());

        var (rpcs, syns) = (report.Count("rpcs"), await network.CountedAsync("syns"));
        output.WriteLine($"{engine}: rpcs={rpcs} syns={syns} probes_while_busy={atLast - atFirst} accepted={primary.Total("accepted")}");
        Assert.Equal(0, atLast - atFirst);
        Assert.Equal((rpcs, 0), (syns - inAll, report.Count("failed")));
        Assert.Equal(rpcs, primary.Total("accepted") - primary.Total("empty"));
        Assert.InRange(primary.Total("empty"), 0, inAll);
        Assert.Equal(0, secondary.Total("accepted") - secondary.Total("empty"));
        proxy.ExpectCleanLog();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Idle_SynAndResetAndNothingAccepted(string engine)
    {
        await using var network = await TwoNamespaces.CreateAsync();
        using var folder = new ScratchFolder();
        await using var primary = new IqAgent("primary", folder, network.Far) { Host = TwoNamespaces.FarAddress };
        await using var secondary = new IqAgent("secondary", folder, network.Near);
        await Task.WhenAll(primary.StartAsync(), secondary.StartAsync());
        await network.CountAsync(primary.Port);
        await using var proxy = await StartProxyAsync(engine, network, primary, secondary, "00:00:01");

        var probes = 0.0;
        await Eventually.HoldsAsync(
            async () => (probes = await ProbesOfAsync(proxy, "primary")) >= ProbesToSee, () => $"{ProbesToSee} probes ({probes})");
        await proxy.TerminateAsync();
        await Task.WhenAll(primary.StopAsync(), secondary.StopAsync());

        var (syns, resets) = (await network.CountedAsync("syns"), await network.CountedAsync("resets"));
        output.WriteLine($"{engine}: probes={probes} syns={syns} resets={resets} accepted={primary.Total("accepted")}");
        Assert.InRange(syns, probes, probes + 1);
        Assert.Equal(syns, resets);
        Assert.InRange(primary.Total("accepted"), 0, MostLate);
        Assert.InRange(secondary.Total("accepted"), 0, MostLate);
        proxy.ExpectCleanLog();
    }

    private static async Task<double> ProbesOfAsync(ProxyProcess proxy, string destination)
        => (await proxy.MetricsAsync()).Sum("probes_total", ("destination", destination), ("method", "half_open"), ("result", "success"));

    private static async Task<ProxyProcess> StartProxyAsync(
        string engine,
        TwoNamespaces network,
        IqAgent primary,
        IqAgent secondary,
        string interval)
        => await ProxyProcess.StartAsync(new(engine, ("primary", primary.Address), ("secondary", secondary.Address))
        {
            HedgeAfter = TimeSpan.Zero,
            Prefix = network.Near,
            Fetch = [.. network.Near, Requirement.Command("curl"), "-sf", "--max-time", "30"],
            Health = new Dictionary<string, string> { ["Interval"] = interval },
        });
}
