using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>
/// The main job, each part a process of its own: 200 RPCs a second while the primary goes away and comes back five times. 20 s as a rule;
/// with HAPROXYNET_TEST_FULL=1 the full 60 s. The waits are printed, not judged: this machine may be busy.
/// </summary>
public sealed class RpcPairTests(ITestOutputHelper output)
{
    private const int Rate = 200;
    private const int Kills = 5;

    private static readonly TimeSpan _duration = TimeSpan.FromSeconds(Requirement.IsFullForm ? 60 : 20);

    // A scrape is work for the proxy, and waits are measured meanwhile.
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(250);

    // Of the time, half is spent in ten phases that are counted in RPCs; the rest is for starting agents. On a busy machine that takes
    // longer: the client goes on until it is told that all is done.
    private static readonly int _rpcsAPhase = (int)(Rate * _duration.TotalSeconds / 2 / (2 * Kills));
    private static readonly TimeSpan _clientsPatience = TimeSpan.FromMinutes(10);

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Rpc_200PerSecond_PrimaryKilledAndRevivedFiveTimes(string engine)
    {
        using var folder = new ScratchFolder();
        await using var primary = new IqAgent("primary", folder);
        await using var secondary = new IqAgent("secondary", folder);
        await Task.WhenAll(primary.StartAsync(), secondary.StartAsync());
        await using var proxy = await ProxyProcess.StartAsync(
            new(engine, ("primary", primary.Address), ("secondary", secondary.Address))
            {
                LogsConnections = true,
                HedgeAfter = TimeSpan.Zero,
            });
        await using var client = IqClient.Start(proxy.Port, Rate, _clientsPatience, [primary, secondary]);

        for (var kill = 0; kill < Kills; kill++)
        {
            await ServesAsync(proxy, "primary");
            await primary.StopAsync();
            await ServesAsync(proxy, "secondary");
            await primary.StartAsync();
        }

        await proxy.IsActiveAsync("primary");
        var wanted = Rate * _duration.TotalSeconds;
        await Eventually.HoldsAsync(
            async () => await proxy.EndedAsync("primary") + await proxy.EndedAsync("secondary") >= wanted,
            () => $"{wanted} RPCs have ended", _look);
        client.Send(Signal.Terminate);
        var report = await client.ReportAsync();
        var metrics = await proxy.MetricsAsync();
        await Task.WhenAll(primary.StopAsync(), secondary.StopAsync());

        await proxy.TerminateAsync();

        Print(engine, report, primary, secondary, metrics);
        PrintConnects(engine, proxy, "preferred");
        PrintConnects(engine, proxy, "fall_through");
        Assert.Equal((0, 0, 0), (report.Count("failed"), report.Count("duplicates"), report.Count("unexecuted")));
        Assert.Equal(report.Count("rpcs"), primary.Total("requests") + secondary.Total("requests"));
        Assert.Equal(0, primary.Total("duplicates") + secondary.Total("duplicates"));
        ExpectNothingButRequestsAndProbes(primary, metrics);
        ExpectNothingButRequestsAndProbes(secondary, metrics);
        Assert.True(metrics.Sum("failovers_total", ("from", "primary")) >= Kills, metrics.Text);
        proxy.ExpectCleanLog();
    }

    /// <summary>
    /// What an agent accepted are its requests and the recovery connects that the metrics count: nothing else ever reached it. Half-open
    /// probes, the default, are none of these.
    /// </summary>
    private static void ExpectNothingButRequestsAndProbes(IqAgent agent, MetricsReading metrics)
    {
        var probes = (long)metrics.Sum("probes_total", ("destination", agent.Name), ("method", "connect"), ("result", "success"));
        Assert.Equal(agent.Total("requests") + probes, agent.Total("accepted"));
        Assert.Equal(probes, agent.Total("empty"));
    }

    private static async Task ServesAsync(ProxyProcess proxy, string destination)
    {
        await proxy.IsActiveAsync(destination);
        var before = await proxy.EndedAsync(destination);
        await Eventually.HoldsAsync(
            async () => await proxy.EndedAsync(destination) >= before + _rpcsAPhase, () => $"{destination} serves", _look);
    }

    private void Print(string engine, Pairs report, IqAgent primary, IqAgent secondary, MetricsReading metrics)
    {
        output.WriteLine($"{engine}: {report.Line}");
        foreach (var agent in (IqAgent[])[primary, secondary])
        {
            output.WriteLine(
                $"{engine}: {agent.Name} accepted={agent.Total("accepted")} requests={agent.Total("requests")} "
                + $"probes={metrics.Sum("probes_total", ("destination", agent.Name), ("result", "success"))}");
        }
    }

    /// <summary>From accept to the destination's answer, in the proxy's own words: for a fall-through, what the refusal added.</summary>
    private void PrintConnects(string engine, ProxyProcess proxy, string reason)
    {
        var waits = Pairs.In(proxy.Lines, "outcome").Where(line => line["reason"] == reason).Select(line => line.Number("connect_ms"))
            .Order().ToList();
        output.WriteLine(waits.Count == 0
            ? $"{engine}: {reason}: none"
            : $"{engine}: {reason}: {waits.Count} connections, connect_ms median {waits[waits.Count / 2]:F3}, worst {waits[^1]:F3}");
    }
}
