using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.State;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.FunctionalTests.Failover;

/// <summary>The plain and the TLS port of one host: both clusters use the destination of the same name.</summary>
public sealed class FailoverGroups : Scenario
{
    private readonly FakeTimeProvider _time = new();
    private readonly TestDestination _primary = TestDestination.Echoing("primary");
    private readonly TestDestination _secondary = TestDestination.Echoing("secondary");
    private readonly TestDestination _primaryTls = TestDestination.Echoing("primary");
    private readonly TestDestination _secondaryTls = TestDestination.Echoing("secondary");

    [Theory, ClassData<Engines>]
    public async Task OnePortOfThePrimaryFails_BothClustersGoToTheSecondaryAndBackTogether(EngineKind engine)
    {
        await StartGroupAsync(engine);

        _primaryTls.StopListening();
        await ReportAsync(Proxy.Second.Plan.Cluster!, "primary", Evidence.Failed(HealthReason.Refused, TimeSpan.Zero));

        Assert.Equal(("secondary", "secondary"), Active);
        Assert.Equal(["secondary", "secondary"], await CallBothAsync());

        _primaryTls.Revive(Scripts.EchoAsync);
        await ReportAsync(Proxy.Second.Plan.Cluster!, "primary", Evidence.Accepted);

        Assert.Equal(("primary", "primary"), Active);
        Assert.Equal(["primary", "primary"], await CallBothAsync());
    }

    [Theory, ClassData<Engines>]
    public async Task NoDestinationIsUpInBoth_EachClusterUsesWhatItHas(EngineKind engine)
    {
        await StartGroupAsync(engine);

        _primaryTls.StopListening();
        await ReportAsync(Proxy.Second.Plan.Cluster!, "primary", Evidence.Failed(HealthReason.Refused, TimeSpan.Zero));
        _secondary.StopListening();
        await ReportAsync(Proxy.Cluster, "secondary", Evidence.Failed(HealthReason.Refused, TimeSpan.Zero));

        Assert.Equal(("primary", "secondary"), Active);
        Assert.Equal(["primary", "secondary"], await CallBothAsync());
    }

    [Theory, ClassData<Engines>]
    public async Task Switch_InOneCluster_MovesBoth(EngineKind engine)
    {
        await StartGroupAsync(engine);

        Proxy.Control.Switch(Proxy.Cluster, Proxy.Cluster.Find("secondary")!);
        Assert.Equal(("secondary", "secondary"), Active);
        Proxy.Control.FailBack(Proxy.Second.Plan.Cluster!);

        Assert.Equal(("primary", "primary"), Active);
    }

    private (string?, string?) Active => (Proxy.Active, TestProxy.ActiveOf(Proxy.Second.Plan.Clusters[0]));

    private async Task StartGroupAsync(EngineKind engine)
    {
        // Four destinations, two of a name: what each saw is not told apart by the counters' sums.
        Truth.DestinationsMayChange = true;
        await StartAsync(
            engine,
            new ProxySetup
            {
                Time = _time,
                Cluster = new Dictionary<string, string>(StringComparer.Ordinal) { ["FailoverGroup"] = "host" },
                SecondCluster = [.. AddressesOf(Add(_primaryTls), Add(_secondaryTls))],
            },
            _primary,
            _secondary);
    }

    /// <summary>The clock stands still: apart from the first probe of a destination that is down, only the test reports.</summary>
    private Task ReportAsync(Cluster cluster, string name, Evidence evidence)
    {
        var destination = cluster.Find(name)!;
        Proxy.Report(cluster, destination, evidence);
        return Eventually.TrueAsync(
            () => destination.Condition.State is DestinationStatus.Up || destination.Condition.Failures == 2,
            "the first probe has found nobody");
    }

    /// <summary>A call through each listener; who carried them.</summary>
    private async Task<IEnumerable<string>> CallBothAsync()
    {
        var before = Proxy.Log.Lines.Count;
        foreach (var address in new[] { Proxy.Address, Proxy.Second.BoundAddress! })
        {
            using var client = await Proxy.ConnectAsync(to: address);
            await client.SendAsync(Scripts.Request);
            client.FinishSending();
            Assert.Equal(Scripts.Request, (await client.ReadToEndAsync()).Data);
        }

        return (await Proxy.LinesAsync(before + 2)).Skip(before).OrderBy(line => line.Listener == "second")
            .Select(line => line.Destination);
    }
}
