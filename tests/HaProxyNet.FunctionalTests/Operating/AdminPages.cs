using System.Net;
using System.Text.Json;
using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Operating;

public sealed class AdminPages : Scenario
{
    private static readonly HttpClient _http = new();

    [Theory, ClassData<Engines>]
    public async Task Metrics_AreServedInPrometheusText(EngineKind engine)
    {
        await StartAsync(engine, TestDestination.Serving("primary", Scripts.AnswerAsync("pong")));
        Assert.Equal("pong", await CallAsync());
        await Proxy.LinesAsync(1);

        using var response = await _http.GetAsync(new Uri(Proxy.Admin, "/metrics"));

        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        var metrics = MetricsSnapshot.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(1, metrics.Sum("connections_total", "listener=front", "cluster=agents", "destination=primary", "outcome=completed"));
        Assert.Equal(1, metrics.Sum("build_info", $"engine={engine.ToString().ToLowerInvariant()}"));
    }

    [Theory, ClassData<Engines>]
    public async Task Metrics_FirstFailover_HasItsSeriesAtZeroBefore(EngineKind engine)
    {
        await StartAsync(engine, TestDestination.Refusing("primary"), TestDestination.Echoing("secondary"));
        string[] failover = ["cluster=agents", "from=primary", "to=secondary", "reason=refused"];
        var before = await Proxy.ScrapeAsync();
        Assert.Equal(0, Assert.Single(before.Series("failovers_total", failover)).Value);
        Assert.Equal(
            0, Assert.Single(before.Series(
                "connections_total", "listener=front", "destination=secondary", "outcome=destination_reset")).Value);

        var client = await ConnectAsync();
        await client.SendAsync("ping");
        await client.ExpectAsync("ping");

        Assert.Equal(1, Assert.Single((await Proxy.ScrapeAsync()).Series("failovers_total", failover)).Value);
    }

    [Theory, ClassData<Engines>]
    public async Task Readiness_FollowsTheDestinations(EngineKind engine)
    {
        var primary = TestDestination.Refusing("primary");
        await StartAsync(engine, new ProxySetup { DownInterval = TimeSpan.FromMilliseconds(50) }, primary);
        Assert.Equal((HttpStatusCode.OK, "ready\n"), await GetAsync("/readyz"));

        Assert.Equal("reset", await CallAsync());
        var (status, text) = await GetAsync("/readyz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("agents", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/healthz")).Status);

        primary.Revive(Scripts.EchoAsync);
        await Eventually.TrueAsync(async () => (await GetAsync("/readyz")).Status is HttpStatusCode.OK, () => "it is ready again");
    }

    [Theory, ClassData<Engines>]
    public async Task Status_TellsWhoIsActiveAndWhy(EngineKind engine)
    {
        await StartAsync(engine, TestDestination.Refusing("primary"), TestDestination.Echoing("secondary"));
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        await client.ExpectAsync("ping");

        using var status = JsonDocument.Parse((await GetAsync("/api/v1/status")).Text);

        var cluster = status.RootElement.GetProperty("clusters")[0];
        Assert.Equal("secondary", cluster.GetProperty("active").GetString());
        var primary = cluster.GetProperty("destinations")[0];
        Assert.Equal(("down", "refused"), (primary.GetProperty("state").GetString(), primary.GetProperty("reason").GetString()));
        var secondary = cluster.GetProperty("destinations")[1];
        Assert.Equal(("up", 1), (secondary.GetProperty("state").GetString(), secondary.GetProperty("connections").GetInt32()));
        Assert.Equal(1, status.RootElement.GetProperty("listeners")[0].GetProperty("connections").GetInt32());
    }

    [Theory, ClassData<Engines>]
    public async Task Head_IsAnsweredAsGetWithoutTheBody(EngineKind engine)
    {
        await StartAsync(engine, TestDestination.Echoing("primary"));
        foreach (var path in new[] { "/healthz", "/readyz", "/metrics", "/api/v1/status", "/api/v1/sessions", "/api/v1/events" })
        {
            using var get = await _http.GetAsync(new Uri(Proxy.Admin, path));
            using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(Proxy.Admin, path));
            using var head = await _http.SendAsync(request);

            Assert.Equal(get.StatusCode, head.StatusCode);
            Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
            Assert.True(head.Content.Headers.ContentLength > 0);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        }
    }

    [Theory, ClassData<Engines>]
    public async Task Metrics_AskedForByManyAtOnce_HealthIsAnsweredMeanwhile(EngineKind engine)
    {
        await StartAsync(engine, TestDestination.Echoing("primary"));
        var scrapes = Enumerable.Range(0, 300).Select(_ => GetAsync("/metrics")).ToList();

        Assert.Equal((HttpStatusCode.OK, "alive\n"), await GetAsync("/healthz"));
        Assert.All(await Task.WhenAll(scrapes), scrape => Assert.Equal(HttpStatusCode.OK, scrape.Status));
    }

    private async Task<(HttpStatusCode Status, string Text)> GetAsync(string path)
    {
        using var response = await _http.GetAsync(new Uri(Proxy.Admin, path));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
