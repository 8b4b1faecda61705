using System.Text.Json;
using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Operating;

/// <summary><c>/api/v1/events</c> and <c>/api/v1/sessions</c>.</summary>
public sealed class EventsPage : ControlScenario
{
    private static readonly HttpClient _http = new();

    [Theory, ClassData<Engines>]
    public async Task Events_TellWhatHappenedInOrder(EngineKind engine)
    {
        await StartAsync(engine, Setup with
        {
            DownInterval = TimeSpan.FromHours(1),
        }, TestDestination.Refusing("primary"), TestDestination.Echoing("secondary"));
        await EchoCallAsync();
        await RunAsync("drain", "agents/primary");
        await RunAsync("enable", "agents/primary");

        using var events = await ReadAsync("/api/v1/events");

        Assert.Equal(
            [
                ("destination_down", "agents", "primary", "refused"), ("failover", "agents", "secondary", "refused"),
                ("operator", "agents", "primary", "draining"), ("operator", "agents", "primary", "enabled"),
            ],
            events.RootElement
                .EnumerateArray()
                .Select(e => (Text(e, "kind"), Text(e, "cluster"), Text(e, "destination"), Text(e, "reason"))));
    }

    /// <summary>The levels of the configuration are for the log.</summary>
    [Theory, ClassData<Engines>]
    public async Task Events_LogIsQuiet_AreThereAllTheSame(EngineKind engine)
    {
        await StartAsync(engine, Setup with { Quiet = true }, TestDestination.Echoing("primary"), TestDestination.Echoing("secondary"));
        await RunAsync("drain", "agents/secondary");
        await RunAsync("enable", "agents/secondary");

        using var events = await ReadAsync("/api/v1/events");

        Assert.Equal(["draining", "enabled"], events.RootElement.EnumerateArray().Select(e => Text(e, "reason")));
    }

    [Theory, ClassData<Engines>]
    public async Task Sessions_AreListed(EngineKind engine)
    {
        await StartAsync(engine, Setup, TestDestination.Echoing("primary"));
        var client = await OpenOneAsync();

        using var sessions = await ReadAsync("/api/v1/sessions");

        var session = Assert.Single(sessions.RootElement.EnumerateArray());
        Assert.Equal(
            ($"{client.LocalEndPoint}", "primary", "open"),
            (Text(session, "client"), Text(session, "destination"), Text(session, "state")));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    private async Task<JsonDocument> ReadAsync(string path) => JsonDocument.Parse(await _http.GetStringAsync(new Uri(Proxy.Admin, path)));
}
