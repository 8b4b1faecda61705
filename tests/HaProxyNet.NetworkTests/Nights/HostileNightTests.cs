using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.Nights;

/// <summary>
/// 300 RPCs a second while agents are killed, stopped and returned at random, the admin endpoint is flooded, the resolver is silent for the
/// names of other clusters, and the proxy is paused. Twenty seconds as a rule, half an hour with HAPROXYNET_TEST_FULL=1, any number of
/// minutes with HAPROXYNET_TEST_MINUTES; the seed is printed, and HAPROXYNET_TEST_SEED repeats it.
/// </summary>
[Collection<Alone>]
public sealed class HostileNightTests(ITestOutputHelper output)
{
    private const int Rate = 300;
    private const int Names = 20;

    private static readonly TimeSpan _duration = Requirement.Duration(full: TimeSpan.FromMinutes(30), brief: TimeSpan.FromSeconds(20));

    /// <summary>
    /// How a client's request may end when its agent is killed: each is a connection that the agent, not the proxy, gave up.
    /// </summary>
    private static readonly string[] _cut = ["failed_Reset", "failed_ClosedBeforeReply", "failed_Truncated", "failed_ConnectFailed"];

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task AgentsComeAndGoUnderFloodsAndSilence_NothingIsRepeatedAndNoWorkingAgentGoesDown(string engine)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("HAPROXYNET_TEST_SEED"), out var given) ? given : Random.Shared.Next();
        output.WriteLine($"{engine}: HAPROXYNET_TEST_SEED={seed}");
        await using var network = await TwoNamespaces.CreateAsync();
        var curl = Requirement.Command("curl");
        using var folder = new ScratchFolder();
        await using var primary = new IqAgent("primary", folder, network.Near);
        await using var secondary = new IqAgent("secondary", folder, network.Near);
        await Task.WhenAll(primary.StartAsync(), secondary.StartAsync());
        await network.SilenceNamesAsync();
        await using var proxy = await ProxyProcess.StartAsync(new(engine, ("primary", primary.Address), ("secondary", secondary.Address))
        {
            Prefix = [.. network.Near, .. network.SilentNames(folder)],
            Fetch = [.. network.Near, curl, "-sf", "--max-time", "60"],
            NamedClusters = Names,
        });
        await using var client = IqClient.Start(proxy.Port, Rate, TimeSpan.FromHours(1), [primary, secondary], network.Near);
        await Eventually.HoldsAsync(
            async () => await proxy.EndedAsync("primary") >= Rate, () => "the primary serves", TimeSpan.FromMilliseconds(250));

        var night = new HostileNight(seed, proxy, [primary, secondary], network.Near);
        await night.PassAsync(_duration, TestContext.Current.CancellationToken);
        await proxy.IsActiveAsync("primary");
        client.Send(Signal.Terminate);
        var report = await client.ReportAsync();
        await proxy.IsIdleAsync();
        var metrics = await proxy.MetricsAsync();
        await proxy.TerminateAsync();

        output.WriteLine(
            $"{engine}: killed={night.Killed} stopped={night.Stopped} paused={night.Paused} floods={night.Floods}; {report.Line}");
        output.WriteLine($"{engine}: {string.Join(' ', Outcomes(metrics))}");
        Assert.Equal((0, 0), (report.Count("duplicates"), report.Count("unexecuted")));
        ExpectOnlyAgentsCutRequests(report, metrics);
        ExpectNoWorkingAgentWentDown(proxy, night);
        proxy.ExpectCleanLog();
    }

    /// <summary>No reply was another request's, none was late, none was refused; the counters are the client's own figures.</summary>
    private static void ExpectOnlyAgentsCutRequests(Pairs report, MetricsReading metrics)
    {
        Assert.Equal(report.Count("failed"), _cut.Sum(report.CountOrZero));
        Assert.Equal(report.Count("rpcs"), metrics.Sum("connections_total", ("cluster", ProxyProcess.Cluster)));
        // A reset that is quicker than the client's own connect() is an error of that call.
        Assert.Equal(
            report.CountOrZero("failed_Reset") + report.CountOrZero("failed_ConnectFailed"),
            metrics.Sum("connections_total", ("outcome", "destination_reset")));
        Assert.Equal(0, metrics.Sum("connections_total", ("outcome", "no_destination")));
        Assert.Equal(0, metrics.Sum("connections_total", ("outcome", "internal_error")));
        Assert.Equal(0, metrics.Sum("internal_faults_total"));
    }

    private static void ExpectNoWorkingAgentWentDown(ProxyProcess proxy, HostileNight night)
        => Assert.DoesNotContain(
            DownLine.In(proxy.Lines, ProxyProcess.Cluster),
            down => !night.Outages.Any(outage => outage.Explains(down.Destination, down.At)));

    private static IEnumerable<string> Outcomes(MetricsReading metrics)
    {
        string[] outcomes =
            ["completed", "destination_reset", "client_reset", "client_aborted", "no_destination", "peer_vanished", "internal_error"];
        return outcomes.Select(outcome => $"{outcome}={metrics.Sum("connections_total", ("outcome", outcome))}");
    }
}
