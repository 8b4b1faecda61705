using System.Net;
using HaProxyNet.Forwarding;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Forwarding.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;
using HaProxyNet.Management;
using HaProxyNet.Server;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Forwarding;

/// <summary>What operators see of clients of HTTP, and what their commands do to them.</summary>
public sealed class Operating : HttpScenario
{
    public Operating() => Change = setup => setup with { Folder = Folder };

    [Theory, ClassData<TlsStacks>]
    public async Task Sessions_ShowWhatAClientHasNow(TlsStack stack)
    {
        await StartAsync(stack);
        var client = await TlsPeer.ClientAsync(await ConnectAsync());
        await IsShownAsync("idle", null);
        await client.SendAsync(Get("/held"));
        await IsShownAsync("open", "one");
        await Eventually.TrueAsync(
            async () => (await Proxy.ScrapeAsync()).Sum("connections_active", "destination=one") == 1, () => "it is counted");

        Members[0].Release();
        await AnswerAsync(client);
        await IsShownAsync("open", "one");
        await Members[0].StopAsync();
        await IsShownAsync("idle", null);
        Assert.Equal(0, (await Proxy.ScrapeAsync()).Sum("connections_active"));
        await client.SendAsync(Get("/who"));
        Assert.Contains("two", await AnswerAsync(client), StringComparison.Ordinal);
        await IsShownAsync("open", "two");
    }

    [Theory, ClassData<TlsStacks>]
    public async Task Explain_SaysWhatHttpChanges(TlsStack stack)
    {
        await StartAsync(stack, "RoundRobin", ("Http:AffinityCookie", "member"));
        var answer = await RunAsync("explain", "front");
        Assert.Contains("the first request of a client", answer, StringComparison.Ordinal);
        Assert.Contains("the cookie member names one of those", answer, StringComparison.Ordinal);
    }

    /// <summary>A browser that is idle holds no agent: it stays connected, and its next request goes elsewhere.</summary>
    [Theory, ClassData<TlsStacks>]
    public async Task Drain_DoesNotWaitForIdleClients_AndWaitsForRequests(TlsStack stack)
    {
        Truth.DestinationsMayChange = true;
        await StartAsync(stack);
        var idle = await SendAsync(Get("/who"));
        await AnswerAsync(idle);
        await IsAtRestAsync();
        var held = await SendAsync(Get("/held"));

        var drain = RunAsync("drain", "agents/one", "--wait", "10m");
        await Eventually.TrueAsync(
            async () => (await Proxy.ScrapeAsync()).Sum("connections_active", "destination=one") == 1, () => "the idle one has let go");
        Assert.False(drain.IsCompleted);
        Members[0].Release();
        await AnswerAsync(held);
        await drain;

        await idle.SendAsync(Get("/who"));
        Assert.Contains("two", await AnswerAsync(idle), StringComparison.Ordinal);
        await held.SendAsync(Get("/who"));
        Assert.Contains("two", await AnswerAsync(held), StringComparison.Ordinal);
        var lines = await Proxy.LinesAsync(2);
        Assert.All(lines, line => Assert.Equal("completed", line.Outcome));
    }

    /// <summary>"close" ends what is open at a destination: a request there, and no client that waits for none.</summary>
    [Theory, ClassData<TlsStacks>]
    public async Task Close_EndsRequests_IdleClientsStay(TlsStack stack)
    {
        await StartAsync(stack);
        var idle = await SendAsync(Get("/who"));
        await AnswerAsync(idle);
        await IsAtRestAsync();
        var held = await SendAsync(Get("/held"));

        await RunAsync("close", "agents/one");

        await held.ExpectResetAsync();
        Assert.All(await Proxy.LinesAsync(2), line => Assert.Equal("closed_by_admin", line.Outcome));
        await idle.SendAsync(Get("/who"));
        Assert.Contains("one", await AnswerAsync(idle), StringComparison.Ordinal);
        Members[0].Release();
    }

    [Theory, ClassData<TlsStacks>]
    public async Task AllDown_503InPlainWords_AndTheClientStays(TlsStack stack)
    {
        await StartAsync(stack);
        await Task.WhenAll(Members.Select(member => member.StopAsync()));
        var client = await TlsPeer.ClientAsync(await ConnectAsync());
        for (var i = 0; i < 2; i++)
        {
            await client.SendAsync(Get("/who"));
            var answer = await AnswerAsync(client);
            Assert.StartsWith("HTTP/1.1 503 Service Unavailable", answer, StringComparison.Ordinal);
            Assert.Contains("No server can be reached", answer, StringComparison.Ordinal);
            Assert.Contains("Cache-Control: no-store", answer, StringComparison.Ordinal);
        }

        await client.SendAsync("HEAD /who HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        var (head, _) = await client.ReadToEndAsync();
        Assert.EndsWith("\r\n\r\n", head, StringComparison.Ordinal);
    }

    [Theory, ClassData<TlsStacks>]
    public async Task FaultInARequest_500_TheConnectionAndTheOthersGoOn(TlsStack stack)
    {
        Truth.ApplicationMayFail = true;
        await StartAsync(stack);
        var thrown = 0;
        Proxy.Service<InternalFaults>().Injection = place =>
        {
            if (place is FaultPlace.Request && Interlocked.Exchange(ref thrown, 1) == 0)
            {
                throw new InvalidTimeZoneException("injected");
            }
        };
        var client = NewClient();

        using var first = await client.GetAsync(new Uri("/who", UriKind.Relative));

        Assert.Equal(HttpStatusCode.InternalServerError, first.StatusCode);
        Assert.Equal("one", await AskAsync(client));
        Assert.Single(Proxy.Log.Events(EventIds.InternalFault));
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("internal_faults_total", "place=request"));
    }

    private async Task IsShownAsync(string state, string? destination) => await Eventually.TrueAsync(
        async () => await Proxy.Service<SessionReader>().ReadAsync() is [var one] && one.State == state && one.Destination == destination,
        () => $"the session is {state} at {destination ?? "none"}");

    /// <summary>An answer may be with its client a moment before the proxy has done with the request.</summary>
    private Task IsAtRestAsync() => Eventually.TrueAsync(
        async () => (await Proxy.ConnectionsAsync()).All(one => one.Activity is ForwardingSession { IsBusy: false }),
        () => "no request is under way");

    private async Task<string> RunAsync(params string[] command)
    {
        await using var output = new StringWriter();
        var code = await CommandTree.InvokeAsync(
            [.. command, "--socket", ProxyConfiguration.ControlSocket(Folder)], TextWriter.Synchronized(output),
            TextWriter.Synchronized(output));
        Assert.True(code == 0, output.ToString());
        return output.ToString();
    }
}
