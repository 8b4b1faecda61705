using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Teardown;

/// <summary>LDAP servers and Kerberos KDCs answer FIN with RST: an orderly end. What only looks like it is none.</summary>
public sealed class LdapStylePeer : Scenario
{
    [Theory, ClassData<Engines>]
    public async Task Teardown_LdapStylePeerAnswersFinWithRst_Completed(EngineKind engine)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, destination);
        var client = await ConnectAsync();
        await client.SendAsync("bind");
        var agent = await destination.AcceptAsync();
        await agent.ExpectAsync("bind");
        await agent.SendAsync("done");
        await client.ExpectAsync("done");
        await client.SendAsync("unbind");
        client.FinishSending();
        Assert.Equal(("unbind", PeerEnd.Fin), await agent.ReadToEndAsync());

        agent.Reset();

        await client.ExpectFinAsync();
        var line = await Proxy.LineAsync();
        Assert.Equal(("completed", "client", 10L, 4L), (line.Outcome, line.ClosedBy, line.BytesIn, line.BytesOut));
    }

    [Theory, ClassData<Engines>]
    public async Task Teardown_ClientAnswersFinWithRst_Completed(EngineKind engine)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, destination);
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        var agent = await destination.AcceptAsync();
        await agent.ExpectAsync("ping");
        await agent.SendAsync("pong");
        agent.FinishSending();
        Assert.Equal(("pong", PeerEnd.Fin), await client.ReadToEndAsync());

        client.Reset();

        await agent.ExpectFinAsync();
        var line = await Proxy.LineAsync();
        Assert.Equal(("completed", "destination", 4L, 4L), (line.Outcome, line.ClosedBy, line.BytesIn, line.BytesOut));
    }

    [Theory, ClassData<Engines>]
    public async Task Teardown_RstInMidReplyAfterFin_DestinationResetAndClientReset(EngineKind engine)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, destination);
        var client = await ConnectAsync();
        await client.SendAsync("search");
        client.FinishSending();
        var agent = await destination.AcceptAsync();
        Assert.Equal(("search", PeerEnd.Fin), await agent.ReadToEndAsync());
        await agent.SendAsync("half of the");
        await client.ExpectAsync("half of the");

        agent.Reset();

        await client.ExpectResetAsync();
        var line = await Proxy.LineAsync();
        Assert.Equal(("destination_reset", "destination", 6L, 11L), (line.Outcome, line.ClosedBy, line.BytesIn, line.BytesOut));
    }

    [Theory, ClassData<Engines>]
    public async Task Teardown_RstAfterFinWithoutAnyReply_DestinationResetAndClientReset(EngineKind engine)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, destination);
        var client = await ConnectAsync();
        await client.SendAsync("search");
        client.FinishSending();
        var agent = await destination.AcceptAsync();
        Assert.Equal(("search", PeerEnd.Fin), await agent.ReadToEndAsync());

        agent.Reset();

        await client.ExpectResetAsync();
        var line = await Proxy.LineAsync();
        Assert.Equal(("destination_reset", "destination"), (line.Outcome, line.ClosedBy));
    }
}
