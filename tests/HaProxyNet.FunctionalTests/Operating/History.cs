using System.Text.Json;
using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Management.History.Files;
using HaProxyNet.Management.History.Records;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Operating;

/// <summary>What happened is known after a restart, and nothing that can happen to its files stops the proxy.</summary>
public sealed class History : ControlScenario
{
    private static readonly HttpClient _http = new();

    private HistoryFolder Files => HistoryFolder.NextTo(StatePath);

    [Theory, ClassData<Engines>]
    public async Task Restart_KeepsEventsAndFigures(EngineKind engine)
    {
        var (primary, secondary) = (TestDestination.Echoing("primary"), TestDestination.Echoing("secondary"));
        await StartAsync(engine, Setup with { DownInterval = TimeSpan.FromHours(1) }, primary, secondary);
        for (var i = 0; i < 5; i++)
        {
            await EchoCallAsync();
        }

        primary.StopListening();
        await EchoCallAsync();
        Truth.DestinationsMayChange = Truth.WasRestarted = true;
        await Proxy.LinesAsync(6);
        await RestartAsync(engine, Setup, primary, secondary);
        await EchoCallAsync();

        var document = await HistoryAsync(d => Connected(d, "secondary") == 2 && Connected(d, "primary") == 5);

        Assert.Equal(
            ["proxy_started", "destination_down", "failover", "proxy_stopped", "proxy_started", "destination_down", "failover"],
            document.Records.Where(r => r.Event is not null).Select(r => r.Event!.Kind));
        Assert.Equal(7, document.Records.Sum(r => r.Minute?.Ended?.GetValueOrDefault("completed") ?? 0));
        Assert.Equal(2, document.Records.Sum(r => r.Minute?.FallThroughs ?? 0));
        Assert.Equal(("agents", "primary", "refused"), Of(document.Records.First(r => r.Attempt is not null).Attempt!));
        Assert.Equal(document.Records.Select(r => r.Seq).Order(), document.Records.Select(r => r.Seq));
        Assert.All(
            document.Records.Where(r => r.Minute is not null).SelectMany(r => r.Minute!.Destinations).Where(d => d.Connected > 0),
            d => Assert.Equal(3, d.Wait!.Count));
    }

    /// <summary>A client that does not know what became of its call finds it here.</summary>
    [Theory, ClassData<Engines>]
    public async Task DestinationResetsAfterBytesWereSent_TheOutcomeIsUnknown(EngineKind engine)
    {
        await StartAsync(engine, Setup, TestDestination.Serving("primary", async peer =>
        {
            await peer.ReadAsync(4);
            peer.Reset();
        }));
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        await client.ReadToEndAsync();
        await Proxy.LinesAsync(1);

        var document = await HistoryAsync(d => d.Records.Any(r => r.Connection is not null));

        var ended = Assert.Single(document.Records, r => r.Connection is not null).Connection!;
        Assert.Equal(
            (true, $"{client.LocalEndPoint}", "primary", "destination_reset", 4L),
            (ended.IsUnknown, ended.Client, ended.Destination, ended.Outcome, ended.BytesIn));
    }

    [Theory, ClassData<Engines>]
    public async Task ADestinationFlapped_TheRestartKnows(EngineKind engine)
    {
        Truth.DestinationsMayChange = Truth.WasRestarted = true;
        var (primary, secondary) = (TestDestination.Echoing("primary"), TestDestination.Echoing("secondary"));
        await StartAsync(engine, Setup with { DownInterval = TimeSpan.FromMilliseconds(50) }, primary, secondary);
        for (var i = 0; i < 2; i++)
        {
            primary.StopListening();
            await EchoCallAsync();
            primary.Revive(Scripts.EchoAsync);
            await Eventually.TrueAsync(() => Proxy.IsUp("primary"), "the primary is back");
        }

        await Eventually.TrueAsync(() => File.Exists(Files.Health)
            && HistoryFolder.Read(Files.Health).Records.Any(r => r.Health is { IsDown: false, Relapses: 1 }), "it is noted");
        await RestartAsync(engine, Setup, primary, secondary);

        Assert.Equal(1, Proxy.Cluster.Find("primary")!.Condition.Relapses);
        Assert.True(Proxy.Cluster.Find("primary")!.Condition.RecoveredAt > 0);
    }

    /// <summary>It is where the process begins; nobody was moved.</summary>
    [Theory, ClassData<Engines>]
    public async Task ADestinationIsHeldDown_TheRestartBeginsOnTheOtherAndTellsNoFailover(EngineKind engine)
    {
        Truth.DestinationsMayChange = Truth.WasRestarted = true;
        var (primary, secondary) = (TestDestination.Echoing("primary"), TestDestination.Echoing("secondary"));
        await StartAsync(engine, Setup with { DownInterval = TimeSpan.FromMilliseconds(50) }, primary, secondary);
        primary.StopListening();
        await EchoCallAsync();
        primary.Revive(Scripts.EchoAsync);
        await Eventually.TrueAsync(() => Proxy.IsUp("primary"), "the primary is back");
        primary.StopListening();
        await EchoCallAsync();
        await Eventually.TrueAsync(() => File.Exists(Files.Health)
            && HistoryFolder.Read(Files.Health).Records.Any(r => r.Health is { IsDown: true, Relapses: > 0 }), "it is noted");

        await RestartAsync(engine, Setup with { DownInterval = TimeSpan.FromHours(1) }, primary, secondary);

        await EchoCallAsync();
        Assert.Equal("secondary", (await Proxy.LineAsync()).Destination);
        Assert.Empty(Proxy.Log.Events(EventIds.Failover));
        Assert.Equal(0, Proxy.Cluster.Active.Switches.Count);
    }

    [Theory, ClassData<Engines>]
    public async Task TheFolderCannotBeWritten_OneWarningAndTheProxyServes(EngineKind engine)
    {
        await File.WriteAllTextAsync(Files.Path, "a file in its place");
        await StartAsync(engine, Setup, TestDestination.Echoing("primary"));
        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.HistoryUnwritable).Count > 0, "it is said");
        await EchoCallAsync();
        File.Delete(Files.Path);

        var document = await HistoryAsync(d => Connected(d, "primary") == 1);

        Assert.Equal("proxy_started", document.Records.First(r => r.Event is not null).Event!.Kind);
        Assert.Single(Proxy.Log.Events(EventIds.HistoryUnwritable));
        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.HistoryWritten).Count == 1, "its end is said, once");
    }

    [Theory, ClassData<Engines>]
    public async Task AFileIsOfANewerVersion_StaysAndIsNamedOnce(EngineKind engine)
    {
        const string Newer = "haproxynet-history 2\nsomething\n";
        Directory.CreateDirectory(Files.Path);
        var file = Path.Combine(Files.Path, "000000000003-000.history");
        await File.WriteAllTextAsync(file, Newer);
        await StartAsync(engine, Setup, TestDestination.Echoing("primary"));
        await EchoCallAsync();
        await HistoryAsync(d => Connected(d, "primary") == 1);

        Assert.Contains(
            "000000000003-000.history (a newer version",
            Assert.Single(Proxy.Log.Events(EventIds.HistoryFaulty)).Field("Files"),
            StringComparison.Ordinal);
        Assert.Equal(Newer, await File.ReadAllTextAsync(file));
    }

    [Theory, ClassData<Engines>]
    public async Task NoStateFile_NoHistoryAndTheLastEventsAreTold(EngineKind engine)
    {
        await StartAsync(engine, Setup with { StateFile = "" }, TestDestination.Echoing("primary"), TestDestination.Echoing("secondary"));
        await RunAsync("drain", "agents/secondary");
        await RunAsync("enable", "agents/secondary");

        var document = await HistoryAsync(d => d.Records.Count == 2);

        Assert.False(Directory.Exists(Files.Path));
        Assert.All(document.Records, r => Assert.Equal("operator", r.Event!.Kind));
    }

    [Theory]
    [InlineData("?from=tomorrow")]
    [InlineData("?from=2026-11-30T03:00:00Z&to=2026-11-30T02:00:00Z")]
    public async Task AskedForNoTime_SaysWhatATimeIs(string query)
    {
        await StartAsync(EngineKind.Managed, Setup, TestDestination.Echoing("primary"));

        using var answer = await _http.GetAsync(new Uri(Proxy.Admin, "/api/v1/history" + query));

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("from and to are times such as", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static (string, string, string) Of(Telemetry.Troubles.FailedAttempt attempt)
        => (attempt.Cluster, attempt.Destination, attempt.Reason);

    private static long Connected(HistoryDocument document, string destination)
        => document.Records.Where(r => r.Minute is not null).SelectMany(r => r.Minute!.Destinations).Where(d => d.Name == destination)
            .Sum(d => d.Connected);

    private async Task<HistoryDocument> HistoryAsync(Func<HistoryDocument, bool> isComplete)
    {
        HistoryDocument? document = null;
        await Eventually.TrueAsync(
            async () =>
            {
                var json = await _http.GetStringAsync(new Uri(Proxy.Admin, "/api/v1/history"));
                document = JsonSerializer.Deserialize(json, HistoryJson.Default.HistoryDocument)!;
                return isComplete(document);
            },
            () => JsonSerializer.Serialize(document!, HistoryJson.Default.HistoryDocument));
        return document!;
    }
}
