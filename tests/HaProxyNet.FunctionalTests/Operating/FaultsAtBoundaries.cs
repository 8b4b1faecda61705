using System.Net.Sockets;
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
    private readonly FakeNames _names = new();
    private readonly TestDestination _primary = TestDestination.Echoing("primary");
    private readonly TestDestination _secondary = TestDestination.Echoing("secondary");

    private int _thrown;

    public FaultsAtBoundaries()
    {
        Truth.ApplicationMayFail = true;
        Truth.AttemptsMayBeLost = true;
        Truth.DestinationsHaveOtherClients = true;
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task ThrownThere_IsCountedAndLogged_AndTheProxyServes(EngineKind engine, string place)
    {
        var at = Enum.Parse<FaultPlace>(place);
        _names.Set("primary.test", "127.0.0.1");
        _names.Set("secondary.test", "127.0.0.1");
        Add(_primary);
        Add(_secondary);
        await StartAtAsync(
            engine,
            Setup with
            {
                Names = _names,
                DownInterval = TimeSpan.FromMilliseconds(50),
                Cluster = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["Health:Probe"] = "Always",
                    ["Health:Method"] = "Connect",
                    ["Health:Interval"] = "00:00:00.050",
                    ["Failback:Sessions"] = "Close",
                    ["WhenDown:Sessions"] = "Close",
                    ["WhenAllDown"] = "StopListening",
                    ["ResolveInterval"] = "00:00:00.100",
                    ["Failback:Mode"] = "StableFor",
                    ["Failback:StableFor"] = "00:00:00.400",
                },
            },
            [("primary", $"primary.test:{_primary.Address.Port}"), ("secondary", $"secondary.test:{_secondary.Address.Port}")]);
        var faults = Proxy.Service<InternalFaults>();
        faults.Injection = here =>
        {
            if (here == at && Interlocked.Exchange(ref _thrown, 1) == 0)
            {
                throw new InvalidTimeZoneException("injected");
            }
        };

        await Eventually.TrueAsync(
            async () =>
            {
                await ProvokeAsync();

                // A failback that waits is looked at four times a second, a history once a second.
                for (var look = 0; look < 30 && faults[at] == 0; look++)
                {
                    await Task.Delay(50);
                }

                return faults[at] > 0;
            },
            () => $"a fault is counted at {place}");

        Assert.Single(Proxy.Log.Events(EventIds.InternalFault));
        await Eventually.TrueAsync(() => Proxy.IsUp("primary") && Proxy.IsUp("secondary"), "both are up");
        await Eventually.TrueAsync(async () => await EchoAsync() == Scripts.Request, () => "clients are served");
        await Eventually.TrueAsync(() => Proxy.Active == "primary", "the primary is used again");
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("internal_faults_total", $"place={at.Label()}"));
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("internal_faults_total"));
    }

    /// <summary>The Reactor's accept is an event of its lane; the Managed engine has a loop of its own for it.</summary>
    [Fact]
    public async Task ThrownAtAccept_ThatClientIsReset_AndTheNextIsServed()
    {
        await StartAsync(EngineKind.Managed, Setup, _primary);
        Proxy.Service<InternalFaults>().Injection = here =>
        {
            if (here is FaultPlace.Accept && Interlocked.Exchange(ref _thrown, 1) == 0)
            {
                throw new InvalidTimeZoneException("injected");
            }
        };

        using (var first = new Socket(SocketType.Stream, ProtocolType.Tcp))
        {
            await Assert.ThrowsAsync<SocketException>(async () =>
            {
                await first.ConnectAsync(Proxy.Address);
                await first.ReceiveAsync(new byte[1]).WaitAsync(Eventually.Bound);
            });
        }

        Assert.Equal(Scripts.Request, await EchoCallAsync());
        Assert.Single(Proxy.Log.Events(EventIds.InternalFault));
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("internal_faults_total", "place=accept"));
    }

    public static IEnumerable<TheoryDataRow<EngineKind, string>> Places()
        => from row in new Engines()
           from place in new[]
           {
               FaultPlace.HealthTimer, FaultPlace.Announcement, FaultPlace.SessionCut, FaultPlace.Control, FaultPlace.Metrics,
               FaultPlace.Admin,
               FaultPlace.Probe, FaultPlace.Names, FaultPlace.FailoverTimer, FaultPlace.Listening, FaultPlace.History,
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
    }

    private async Task<string> EchoAsync()
    {
        try
        {
            return await EchoCallAsync();
        }
        catch (SocketException)
        {
            return "refused";
        }
    }
}
