using System.Collections.Concurrent;
using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Management.Http;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Operating;

/// <summary>
/// What is thrown where the runtime calls the proxy ends one piece of work: it is counted and logged once, and everything else goes on.
/// </summary>
public sealed class FaultsAtBoundaries : ControlScenario
{
    private readonly ConcurrentDictionary<FaultPlace, int> _thrown = [];
    private readonly TestDestination _primary = TestDestination.Echoing("primary");
    private readonly TestDestination _secondary = TestDestination.Echoing("secondary");

    public FaultsAtBoundaries()
    {
        Truth.ApplicationMayFail = true;
        Truth.DestinationsHaveOtherClients = true;
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task ThrownThere_IsCountedAndLogged_AndTheProxyServes(EngineKind engine, string place)
    {
        var at = Enum.Parse<FaultPlace>(place);
        await StartAsync(
            engine,
            Setup with
            {
                DownInterval = TimeSpan.FromMilliseconds(50),
                Cluster = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["Health:Probe"] = "Always",
                    ["Health:Method"] = "Connect",
                    ["Health:Interval"] = "00:00:00.050",
                    ["Failback:Sessions"] = "Close",
                    ["WhenDown:Sessions"] = "Close",
                    ["WhenAllDown"] = "StopListening",
                },
            },
            _primary,
            _secondary);
        var faults = Proxy.Service<InternalFaults>();
        faults.Injection = here =>
        {
            if (here == at && _thrown.AddOrUpdate(here, 1, (_, count) => count + 1) <= 2)
            {
                throw new InvalidTimeZoneException("injected");
            }
        };

        await Eventually.TrueAsync(
            async () =>
            {
                await ProvokeAsync();
                return faults[at] > 0;
            },
            () => $"a fault is counted at {place}");

        faults.Injection = null;
        Assert.NotEmpty(Proxy.Log.Events(EventIds.InternalFault));
        await Eventually.TrueAsync(() => Proxy.IsUp("primary") && Proxy.IsUp("secondary"), "both are up");
        await Eventually.TrueAsync(async () => await EchoAsync() == Scripts.Request, () => "clients are served");
        Assert.NotEqual(0, (await Proxy.ScrapeAsync()).Sum("internal_faults_total", $"place={at.Label()}"));
    }

    public static IEnumerable<TheoryDataRow<EngineKind, string>> Places()
        => from row in new Engines()
           from place in new[]
           {
               FaultPlace.HealthTimer, FaultPlace.Announcement, FaultPlace.SessionCut, FaultPlace.Control, FaultPlace.Metrics,
               FaultPlace.Admin,
           }
           select new TheoryDataRow<EngineKind, string>(row.Data, place.ToString());

    /// <summary>A failover and a failback, a command, and the documents.</summary>
    private async Task ProvokeAsync()
    {
        var documents = Proxy.Service<AdminDocuments>();
        await documents.Metrics.ReadAsync();
        await documents.Status.ReadAsync();
        await RunAsync("status");
        Proxy.Report(Proxy.Cluster.Find("primary")!, Evidence.Failed(HealthReason.Refused, TimeSpan.Zero));
        await Eventually.TrueAsync(() => Proxy.IsUp("primary"), "the primary is back");
        await Task.Delay(50);
    }

    private async Task<string> EchoAsync()
    {
        try
        {
            return await EchoCallAsync();
        }
        catch (System.Net.Sockets.SocketException)
        {
            return "refused";
        }
    }
}
