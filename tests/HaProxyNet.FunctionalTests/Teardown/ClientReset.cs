using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Teardown;

public sealed class ClientReset : Scenario
{
    [Theory, ClassData<Engines>]
    public async Task Teardown_ClientReset_ResetsDestinationAtOnce(EngineKind engine)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, destination);
        var client = await ConnectAsync();
        var agent = await destination.AcceptAsync();
        await client.SendAsync("ping");
        await agent.ExpectAsync("ping");

        client.Reset();

        await agent.ExpectResetAsync();
        var line = await Proxy.LineAsync();
        Assert.Equal(("client_reset", "client", 4L, 0L), (line.Outcome, line.ClosedBy, line.BytesIn, line.BytesOut));
    }

    [Theory, ClassData<Engines>]
    public async Task Teardown_ClientResetAfterDestinationFin_ResetsDestination(EngineKind engine)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, destination);
        var client = await ConnectAsync();
        var agent = await destination.AcceptAsync();
        await agent.SendAsync("pong");
        agent.FinishSending();
        Assert.Equal(("pong", PeerEnd.Fin), await client.ReadToEndAsync());

        // It has never sent anything: this is no answer to our FIN.
        client.Reset();

        await agent.ExpectResetAsync();
        var line = await Proxy.LineAsync();
        Assert.Equal(("client_reset", "client"), (line.Outcome, line.ClosedBy));
    }

    [Theory, ClassData<Engines>]
    public async Task Teardown_ClientResetAfterItsFin_ResetsDestination(EngineKind engine)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, destination);
        var client = await ConnectAsync();
        var agent = await destination.AcceptAsync();
        await client.SendAsync("ping");
        client.FinishSending();
        Assert.Equal(("ping", PeerEnd.Fin), await agent.ReadToEndAsync());

        client.Reset();

        // Nobody writes: the reset must be noticed all the same.
        await Proxy.LinesAsync(1);
        var line = await Proxy.LineAsync();
        Assert.Equal(("client_reset", "client"), (line.Outcome, line.ClosedBy));
    }
}
