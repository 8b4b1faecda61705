using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Controlling;

/// <summary><c>switch</c>, <c>failback</c>, <c>close</c>, and what is not understood.</summary>
public sealed class SwitchAndClose : ControlScenario
{
    private readonly TestDestination _primary = TestDestination.Echoing("primary");
    private readonly TestDestination _secondary = TestDestination.Echoing("secondary");

    [Theory, ClassData<Engines>]
    public async Task Switch_ThenFailback_NewConnectionsFollow(EngineKind engine)
    {
        await StartAsync(engine, Setup, _primary, _secondary);

        (await RunAsync("switch", "agents", "secondary")).Expect("new connections of agents go to secondary, until 'failback agents'");
        await EchoCallAsync();
        await Proxy.LinesAsync(1);
        (await RunAsync("failback", "agents")).Expect("new connections of agents go to primary");
        await EchoCallAsync();

        Assert.Equal(
            [("secondary", "switched"), ("primary", "preferred")], (await Proxy.LinesAsync(2)).Select(l => (l.Destination, l.Reason)));
    }

    [Theory, ClassData<Engines>]
    public async Task Switch_ToOneThatIsDown_IsRefused(EngineKind engine)
    {
        await StartAsync(engine, Setup, _primary, TestDestination.Refusing("secondary"));
        Proxy.Report(Proxy.Cluster.Find("secondary")!, Evidence.Failed(HealthReason.Refused, TimeSpan.Zero));

        (await RunAsync("switch", "agents", "secondary")).ExpectFault(
            "agents/secondary is down (refused): new connections cannot go there");

        await EchoCallAsync();
        Assert.Equal("primary", (await Proxy.LineAsync()).Destination);
    }

    [Theory, ClassData<Engines>]
    public async Task Close_ResetsWhatIsOpenThere(EngineKind engine)
    {
        await StartAsync(engine, Setup, _primary, _secondary);
        var onPrimary = await OpenOneAsync();
        await RunAsync("switch", "agents", "secondary");
        var onSecondary = await OpenOneAsync();

        (await RunAsync("close", "agents/primary")).Expect("1 connection of agents/primary reset");

        await onPrimary.ExpectResetAsync();
        await onSecondary.SendAsync("hello");
        await onSecondary.ExpectAsync("hello");
        Assert.Equal(("closed_by_admin", "primary"), ((await Proxy.LineAsync()).Outcome, (await Proxy.LineAsync()).Destination));
        var metrics = await Proxy.ScrapeAsync();
        Assert.Equal(
            (1, 1),
            (metrics.Sum("sessions_cut_total", "destination=primary", "reason=closed_by_admin"), metrics.Sum("sessions_cut_total")));
        await RunAsync("failback", "agents");
    }

    [Theory, ClassData<Engines>]
    public async Task Sessions_ShowWhatIsOpen(EngineKind engine)
    {
        await StartAsync(engine, Setup, _primary, _secondary);
        var client = await OpenOneAsync();

        var line =
            (await RunAsync("sessions")).Expect("CLIENT").Split(Environment.NewLine)[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        using var json = System.Text.Json.JsonDocument.Parse((await RunAsync("sessions", "--json")).Expect("bytesIn"));

        Assert.Equal([$"{client.LocalEndPoint}", "front", "agents", "primary", "open"], line[..5]);
        Assert.Equal(("5", "5"), (line[6], line[7]));
        var entry = Assert.Single(json.RootElement.EnumerateArray());
        Assert.Equal((5, 5), (entry.GetProperty("bytesIn").GetInt32(), entry.GetProperty("bytesOut").GetInt32()));
    }

    [Theory, ClassData<Engines>]
    public async Task Status_Json_IsTheDocumentOfTheAdminEndpoint(EngineKind engine)
    {
        await StartAsync(engine, Setup, _primary, _secondary);
        await RunAsync("switch", "agents", "secondary");

        using var json = System.Text.Json.JsonDocument.Parse((await RunAsync("status", "--json")).Expect("clusters"));

        var cluster = json.RootElement.GetProperty("clusters")[0];
        Assert.Equal(
            ("secondary", "secondary"), (cluster.GetProperty("active").GetString(), cluster.GetProperty("switchedTo").GetString()));
        await RunAsync("failback", "agents");
    }

    [Theory, ClassData<Engines>]
    public async Task UnknownNames_SuggestTheNearestAndListTheKnown(EngineKind engine)
    {
        await StartAsync(engine, Setup, _primary, _secondary);

        (await RunAsync("drain", "agnets/primary")).ExpectFault("no cluster is named 'agnets'; did you mean 'agents'? Known: agents");
        (await RunAsync("drain", "agents/primray")).ExpectFault("did you mean 'primary'? Known: primary, secondary");
        (await RunAsync("switch", "agents", "somewhere")).ExpectFault(
            "no destination of agents is named 'somewhere'; known: primary, secondary");
        (await RunAsync("explain", "frnot")).ExpectFault("no listener is named 'frnot'; did you mean 'front'? Known: front");
        (await RunAsync("explain", "front", "--client", "nobody")).ExpectFault("'nobody' is not an IP address");
    }

    [Theory, ClassData<Engines>]
    public async Task Upper_AndLowerCaseAreTheSame(EngineKind engine)
    {
        await StartAsync(engine, Setup, _primary, _secondary);

        (await RunAsync("drain", "AGENTS/Primary")).Expect("agents/primary is draining");
        (await RunAsync("enable", "Agents/PRIMARY")).Expect("agents/primary is enabled");
    }
}
