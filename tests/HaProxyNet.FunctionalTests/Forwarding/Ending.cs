using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Forwarding.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;
using HaProxyNet.Hosting;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.FunctionalTests.Forwarding;

/// <summary>SIGTERM while clients of HTTP are connected: no request is lost, and each client learns that its connection ends.</summary>
public sealed class Ending : HttpScenario
{
    [Theory, ClassData<TlsStacks>]
    public async Task Stop_IdleConnectionsEndInOrder(TlsStack stack)
    {
        await StartAsync(stack);
        var client = await SendAsync(Get("/who"));
        await AnswerAsync(client);
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("connections_active", "destination=one"));

        await Proxy.StopAsync();

        await client.ExpectFinAsync();
        Assert.Equal("completed", (await Proxy.LineAsync()).Outcome);
    }

    [Theory, ClassData<TlsStacks>]
    public async Task Stop_RequestUnderWay_IsAnsweredAndToldThatItIsTheLast(TlsStack stack)
    {
        await StartAsync(stack);
        var client = await SendAsync(Get("/held"));

        var stopping = Proxy.StopAsync();
        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.DrainStarted).Count == 1, "the drain has begun");
        Members[0].Release();

        Assert.Contains("\r\nConnection: close\r\n", await AnswerAsync(client), StringComparison.Ordinal);
        await client.ExpectFinAsync();
        await stopping;
        Assert.Equal("completed", (await Proxy.LineAsync()).Outcome);
    }

    /// <summary>A client that has sent a request as the drain began must not lose it. The clock is the test's: no second passes.</summary>
    [Theory, ClassData<TlsStacks>]
    public async Task Stop_ClientHasNotHeardOfItYet_ItsNextRequestIsServed(TlsStack stack)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        Change = setup => setup with { Time = time, ShutdownTimeout = TimeSpan.FromMinutes(5) };
        await StartAsync(stack);
        var client = await SendAsync(Get("/who"));
        await AnswerAsync(client);

        var stopping = Proxy.StopAsync();
        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.DrainStarted).Count == 1, "the drain has begun");
        await client.SendAsync(Get("/who"));

        Assert.Contains("\r\nConnection: close\r\n", await AnswerAsync(client), StringComparison.Ordinal);
        await client.ExpectFinAsync();
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(50));
                return stopping.IsCompleted;
            },
            "the proxy has stopped");
        await stopping;
        Assert.Equal(["/who", "/who"], Members[0].Requests);
    }

    /// <summary>A balancer in front has heard of it by /readyz: clients that come back go elsewhere.</summary>
    [Theory, ClassData<TlsStacks>]
    public async Task ShutdownDelay_EachAnswerIsTheLastOfItsConnection(TlsStack stack)
    {
        Change = setup => setup with
        {
            Proxy = new Dictionary<string, string>(StringComparer.Ordinal) { ["ShutdownDelay"] = "00:10:00" },
        };
        await StartAsync(stack);
        var client = await SendAsync(Get("/who"));
        await AnswerAsync(client);

        var stopping = Proxy.StopAsync();
        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.ServingOn).Count == 1, "the delay has begun");
        await client.SendAsync(Get("/who"));

        Assert.Contains("\r\nConnection: close\r\n", await AnswerAsync(client), StringComparison.Ordinal);
        await client.ExpectFinAsync();
        Proxy.Service<ShutdownDrain>().Hasten();
        await stopping;
    }

    [Theory, ClassData<TlsStacks>]
    public async Task Stop_WebSocketAtTheDeadline_IsReset(TlsStack stack)
    {
        Change = setup => setup with { ShutdownTimeout = TimeSpan.FromMilliseconds(50) };
        await StartAsync(stack);
        using var socket = await WebSocketPeer.OpenAsync(NewClient());
        await socket.EchoesAsync("open");

        await Proxy.StopAsync();

        Assert.Equal("drain_deadline", (await Proxy.LineAsync()).Outcome);
    }
}
