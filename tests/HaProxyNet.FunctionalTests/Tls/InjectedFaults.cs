using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;
using HaProxyNet.Telemetry;

namespace HaProxyNet.FunctionalTests.Tls;

/// <summary>Something that nobody foresaw is thrown in a handshake: it ends that handshake, is counted, and nothing else.</summary>
public sealed class InjectedFaults : TlsScenario
{
    public InjectedFaults() => (Truth.PeersCountTls, Truth.ApplicationMayFail) = (true, true);

    [Theory, ClassData<TlsStacks>]
    public async Task WithAClient_ThatClientAloneIsReset(TlsStack stack)
    {
        await StartAsync(stack, Wires.TlsPlain, TestDestination.Echoing("primary"));
        Inject(times: 1);

        await Assert.ThrowsAnyAsync<Exception>(async () => await TlsPeer.ClientAsync(await ConnectAsync()));

        Assert.Equal("tls_failed", (await Proxy.LineAsync()).Outcome);
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("internal_faults_total", "place=tls"));
        using var next = await TlsPeer.ClientAsync(await ConnectAsync());
        await next.SendAsync("ping");
        await next.ExpectAsync("ping");
    }

    [Theory, ClassData<TlsStacks>]
    public async Task WithADestination_TheNextOneServes(TlsStack stack)
    {
        await StartAsync(stack, Wires.PlainTls, Serving("primary"), Serving("secondary"));
        Inject(times: 1);

        var client = await ConnectAsync();
        await client.SendAsync(Scripts.Request);

        Assert.Equal("pong", (await client.ReadToEndAsync()).Data);
        client.FinishSending();
        var line = await Proxy.LineAsync();
        Assert.Equal(("completed", "secondary", 2), (line.Outcome, line.Destination, line.Attempts));
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("internal_faults_total", "place=tls"));

        // It comes back by its probe, and not while the counters are compared.
        await Eventually.TrueAsync(async () => (await Proxy.ScrapeAsync()).Sum("failovers_total") == 2, () => "the primary is used again");
    }

    private static TestDestination Serving(string name) => TestDestination.Serving(name, async peer =>
    {
        using var tls = await TlsPeer.ServerAsync(peer);
        await Scripts.AnswerAsync("pong")(tls);
        await tls.FinishSendingAsync();
    });

    private void Inject(int times)
    {
        var left = times;
        Proxy.Service<InternalFaults>().Injection = place =>
        {
            if (place is FaultPlace.Tls && Interlocked.Decrement(ref left) >= 0)
            {
                throw new InvalidTimeZoneException("injected");
            }
        };
    }
}
