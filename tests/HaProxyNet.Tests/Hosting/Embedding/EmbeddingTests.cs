using System.Net;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Tests.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Configuration;

namespace HaProxyNet.Tests.Hosting.Embedding;

/// <summary>An application that embeds the proxy: it works, or says in one sentence what is wrong.</summary>
public sealed class EmbeddingTests : IAsyncDisposable
{
    private readonly SilentAddress _nobody = new();
    private readonly WebApplicationBuilder _builder = WebApplication.CreateSlimBuilder();
    private WebApplication? _application;

    public EmbeddingTests()
    {
        _builder.Logging.ClearProviders();
        _builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Edge:Proxy:Engine"] = "Managed",
            ["Edge:Proxy:Admin:ControlSocket"] = "",
            ["Edge:Proxy:Admin:StateFile"] = "",
            ["Edge:Proxy:Listeners:front:Endpoint"] = "127.0.0.1:0",
            ["Edge:Proxy:Listeners:front:Cluster"] = "agents",
            ["Edge:Proxy:Clusters:agents:Destinations:0:Name"] = "a",
            ["Edge:Proxy:Clusters:agents:Destinations:0:Address"] = _nobody.ToString(),
        });
    }

    private IConfigurationSection Section => _builder.Configuration.GetSection("Edge:Proxy");

    [Fact]
    public async Task Map_UnderAPrefix_AnswersThereAndNowhereElse()
    {
        _builder.Services.AddHaProxyNet(Section);

        await StartAsync(application => application.MapHaProxyNet("/proxy"));

        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/proxy/healthz"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/healthz"));
    }

    [Fact]
    public async Task Map_WithConventions_TheyHoldForEveryEndpoint()
    {
        _builder.Services.AddHaProxyNet(Section);

        await StartAsync(application => application.MapHaProxyNet().RequireHost("elsewhere.example"));

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/metrics"));
    }

    [Fact]
    public async Task Start_NotMapped_SaysWhatToCall()
    {
        _builder.Services.AddHaProxyNet(Section);

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(static _ => { }));

        Assert.Contains("app.MapHaProxyNet()", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OwnMetrics_SaysWhichPathStandsTwice()
    {
        _builder.Services.AddHaProxyNet(Section);

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(application =>
        {
            application.MapGet("/metrics", static () => "mine");
            application.MapHaProxyNet();
        }));

        Assert.Contains("both map /metrics", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OwnMetricsAndAPrefix_BothAnswer()
    {
        _builder.Services.AddHaProxyNet(Section);

        await StartAsync(application =>
        {
            application.MapGet("/metrics", static () => "mine");
            application.MapHaProxyNet("/proxy");
        });

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await StatusAsync("/metrics"), await StatusAsync("/proxy/metrics")));
    }

    [Fact]
    public void Map_NotAdded_SaysWhatToCall()
    {
        _application = _builder.Build();

        var fault = Assert.Throws<InvalidOperationException>(() => _application.MapHaProxyNet());

        Assert.Contains("AddHaProxyNet", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_Twice_SaysSo()
    {
        _builder.Services.AddHaProxyNet(Section);

        var fault = Assert.Throws<InvalidOperationException>(() => _builder.Services.AddHaProxyNet(Section));

        Assert.Contains("called twice", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_FaultySection_ThrowsWithEveryFault()
    {
        _builder.Configuration["Edge:Proxy:Listeners:front:Cluster"] = "nobody";

        Assert.NotEmpty(Assert.Throws<InvalidConfigurationException>(() => _builder.Services.AddHaProxyNet(Section)).Faults);
    }

    [Fact]
    public async Task Add_OptionsMadeInCode_Serves()
    {
        _builder.Services.AddHaProxyNet(options =>
        {
            (options.Admin.ControlSocket, options.Admin.StateFile) = ("", "");
            options.Listeners["front"] = new ListenerOptions { Endpoint = "127.0.0.1:0", Cluster = "agents" };
            options.Clusters["agents"] = new ClusterOptions
            {
                Destinations = [new DestinationOptions { Name = "a", Address = _nobody.ToString() }],
            };
        });

        await StartAsync(application => application.MapHaProxyNet());

        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/healthz"));
    }

    [Fact]
    public async Task Map_RoutesOfItsOwn_TheApplicationsPipelineStays()
    {
        _builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "own", ClusterId = "own", Match = new RouteMatch { Path = "/own" } }],
            [new ClusterConfig
            {
                ClusterId = "own",
                Destinations = new Dictionary<string, DestinationConfig> { ["x"] = new() { Address = $"http://{_nobody}" } },
            }]);
        _builder.Services.AddHaProxyNet(Section);

        await StartAsync(application =>
        {
            application.MapReverseProxy(own => own.Run(static http =>
            {
                http.Response.StatusCode = (int)HttpStatusCode.AlreadyReported;
                return Task.CompletedTask;
            }));
            application.MapHaProxyNet("/proxy");
        });

        Assert.Equal((HttpStatusCode.AlreadyReported, HttpStatusCode.OK), (await StatusAsync("/own"), await StatusAsync("/proxy/healthz")));
    }

    [Fact]
    public async Task HealthCheck_NoDestination_SaysWhatReadyzSays()
    {
        _builder.Services.AddHaProxyNet(Section);
        _builder.Services.AddHealthChecks().AddHaProxyNet();

        await StartAsync(application => application.MapHaProxyNet());
        var report =
            await _application!.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);

        Assert.Equal(await StatusAsync("/readyz") is HttpStatusCode.OK, report.Entries["haproxynet"].Status is HealthStatus.Healthy);
    }

    [Theory]
    [InlineData(1, 50)]
    [InlineData(600, 600)]
    public void ShutdownTimeout_OfTheHost_IsNeverLowered(int own, int expected)
    {
        _builder.Configuration["Edge:Proxy:ShutdownTimeout"] = "00:00:40";
        _builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(own));
        _builder.Services.AddHaProxyNet(Section);
        _application = _builder.Build();

        Assert.Equal(expected, _application.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout.TotalSeconds);
    }

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }

        _nobody.Dispose();
    }

    private async Task StartAsync(Action<WebApplication> map)
    {
        _application = _builder.Build();
        map(_application);
        await _application.StartAsync(TestContext.Current.CancellationToken);
    }

    private async Task<HttpStatusCode> StatusAsync(string path)
    {
        var address = _application!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .First(a => a.StartsWith("http", StringComparison.Ordinal));
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
