using System.Net;
using System.Net.Sockets;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;
using HaProxyNet.NetworkTests.Peers.Otlp;

namespace HaProxyNet.NetworkTests;

/// <summary>What a collector gets from a real process, whose environment is all that asks for it.</summary>
public sealed class OpenTelemetryTests
{
    [Theory]
    [InlineData("Reactor", "grpc")]
    [InlineData("Managed", "http/protobuf")]
    public async Task Failover_MetricsAgreeWithTheScrapeAndOneTraceTellsOfIt(string engine, string protocol)
    {
        await using var receiver = await OtlpReceiver.StartAsync(protocol);
        using var primary = new SwitchableAgent();
        using var secondary = new EchoServer();
        await using var proxy =
            await StartAsync(engine, protocol, receiver.Url, ("primary", primary.Address), ("secondary", secondary.Address));
        await CallAsync(proxy);
        primary.Stop();
        await CallAsync(proxy);
        await CallAsync(proxy);

        await Eventually.HoldsAsync(
            () => Value(receiver, "haproxynet.connection.ended", ("destination", "secondary"), ("outcome", "completed")) == 2
                && receiver.Spans.Any(span => span.Parent.Length == 0),
            () => $"two calls and a trace have arrived: {receiver.Metrics.Count} requests, {receiver.Spans.Count} spans");

        var scrape = await proxy.MetricsAsync();
        Assert.Equal(
            scrape.Sum("connections_total", ("outcome", "completed")),
            Value(receiver, "haproxynet.connection.ended", ("outcome", "completed")));
        Assert.Equal(1, Value(receiver, "haproxynet.cluster.failovers", ("cluster", "pair"), ("from", "primary"), ("to", "secondary")));
        Assert.Equal(1, Value(receiver, "haproxynet.destination.active", ("destination", "secondary")));
        Assert.Equal(0, Value(receiver, "haproxynet.destination.up", ("destination", "primary")));
        var times = receiver
            .LastPoints()
            .Single(point => point.Metric == "haproxynet.connect.duration" && point.Attributes["haproxynet.destination"] == "secondary");
        Assert.Equal(("histogram", "s", 2, 15), (times.Kind, times.Unit, times.Value, times.Bounds.Count));
        Assert.Equal("up-down", receiver.LastPoints().First(point => point.Metric == "haproxynet.connection.active").Kind);
        Assert.Contains(receiver.LastPoints(), point => point.Metric.StartsWith("dotnet.gc.", StringComparison.Ordinal));
        AssertTrace(receiver);
        AssertSender(receiver);
        proxy.ExpectCleanLog();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task ReceiverIsAwayThenThere_OneWarningAndClientsAreServed(string engine)
    {
        var port = FreePorts.Next();
        using var agent = new EchoServer();
        await using var proxy =
            await StartAsync(engine, "http/protobuf", $"http://name:secret@127.0.0.1:{port}", ("primary", agent.Address));
        await proxy.HasWrittenAsync($"OpenTelemetry: metrics cannot be sent to http://127.0.0.1:{port}.");
        await CallAsync(proxy);

        await using var receiver = await OtlpReceiver.StartAsync("http/protobuf", port);
        await proxy.HasWrittenAsync($"OpenTelemetry: metrics reach http://127.0.0.1:{port} again.");
        await Eventually.HoldsAsync(
            () => Value(receiver, "haproxynet.connection.ended", ("outcome", "completed")) == 1,
            () => "the call that was made meanwhile arrives");

        Assert.Single(proxy.Lines, line => line.Contains("metrics cannot be sent", StringComparison.Ordinal));
        Assert.DoesNotContain(proxy.Lines, line => line.Contains("secret", StringComparison.Ordinal));
        proxy.ExpectCleanLog();
    }

    [Fact]
    public async Task ReceiverNeverAnswers_TheProxyServesAndEndsInTime()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var agent = new EchoServer();
        await using var proxy = await StartAsync("Reactor", "grpc", $"http://{silent.LocalEndpoint}", ("primary", agent.Address));
        using var held = await silent.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await CallAsync(proxy);

        Assert.Equal(0, await proxy.TerminateAsync());
        proxy.ExpectCleanLog();
    }

    [Fact]
    public async Task VariableIsWrong_IsSaidAndTheProxyServes()
    {
        using var agent = new EchoServer();
        await using var proxy = await StartAsync("Reactor", "http/json", "http://127.0.0.1:1", ("primary", agent.Address));

        await proxy.HasWrittenAsync("OpenTelemetry: OTEL_EXPORTER_OTLP_PROTOCOL is \"http/json\": allowed are grpc and http/protobuf.");
        await CallAsync(proxy);

        Assert.DoesNotContain(proxy.Lines, line => line.Contains("are sent to", StringComparison.Ordinal));
    }

    private static void AssertTrace(OtlpReceiver receiver)
    {
        var root = Assert.Single(receiver.Spans, span => span.Parent.Length == 0);
        Assert.Equal(
            ("failover", "pair", "primary", "secondary", "refused"),
            (root.Name, Of(root, "cluster"), Of(root, "from"), Of(root, "to"), Of(root, "reason")));
        var steps = receiver.Spans.Where(span => span.Parent == root.Id).OrderBy(span => span.Began).ThenBy(span => span.Ended).ToList();
        Assert.Equal(["detection", "decision", "first connection"], steps.Select(span => span.Name));
        Assert.All(steps, step => Assert.Equal(root.Trace, step.Trace));
        Assert.Equal((root.Began, root.Ended), (steps[0].Began, steps[2].Ended));
        Assert.True(steps[0].Began <= steps[0].Ended && steps[0].Ended <= steps[1].Ended && steps[1].Ended <= steps[2].Ended);
    }

    private static void AssertSender(OtlpReceiver receiver)
    {
        var (request, authorization) = receiver.Metrics.Last();
        var resource = request.Messages(1).First().Messages(1).Single().Attributes(1);
        Assert.Equal(("edge", "north"), (resource["service.name"], resource["site"]));
        Assert.Equal("Bearer t0ken", authorization);
    }

    private static string? Of(OtlpSpan span, string name) => span.Attributes.GetValueOrDefault("haproxynet." + name);

    private static double Value(OtlpReceiver receiver, string metric, params (string Name, string Value)[] attributes)
    {
        var points = receiver.LastPoints().Where(point => point.Metric == metric
            && attributes.All(a => point.Attributes.GetValueOrDefault("haproxynet." + a.Name) == a.Value)).ToList();
        return points.Count == 0 ? double.NaN : points.Sum(point => point.Value);
    }

    private static Task<ProxyProcess> StartAsync(
        string engine,
        string protocol,
        string url,
        params (string Name, string Address)[] destinations) => ProxyProcess.StartAsync(new(engine, destinations)
        {
            MoreEnvironment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = url,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol,
                ["OTEL_EXPORTER_OTLP_HEADERS"] = "authorization=Bearer t0ken",
                ["OTEL_SERVICE_NAME"] = "edge",
                ["OTEL_RESOURCE_ATTRIBUTES"] = "site=north",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "300",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
            },
        });

    private static async Task CallAsync(ProxyProcess proxy)
    {
        using var client = await EchoClient.ConnectAsync(proxy.Port);
        await client.ExchangeAsync();
        await client.FinishAsync();
    }
}
