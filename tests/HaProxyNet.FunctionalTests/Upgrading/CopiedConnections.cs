using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Transport.Handover;
using HaProxyNet.Transport.Native;

namespace HaProxyNet.FunctionalTests.Upgrading;

/// <summary>
/// Another process has copies of a connection's sockets, and does nothing: it may hang. Peers must hear of every end as if there were none,
/// although the system sends nothing at a close while somebody else has the socket open.
/// </summary>
public sealed class CopiedConnections : Scenario
{
    [Fact]
    public async Task Copied_BothFinish_BothHearOfIt()
    {
        var (client, agent, copies) = await StartAsync();

        client.FinishSending();
        await agent.ExpectFinAsync();
        await agent.SendAsync("late answer");
        await client.ExpectAsync("late answer");
        agent.FinishSending();

        await client.ExpectFinAsync();
        await EndsAsAsync("completed", copies);
    }

    [Fact]
    public async Task Copied_DestinationResets_ClientHearsOfIt()
    {
        var (client, agent, copies) = await StartAsync();

        agent.Reset();

        await client.ExpectResetAsync();
        await EndsAsAsync("destination_reset", copies);
    }

    [Fact]
    public async Task Copied_ClientResets_DestinationHearsOfIt()
    {
        var (client, agent, copies) = await StartAsync();

        client.Reset();

        await agent.ExpectResetAsync();
        await EndsAsAsync("client_reset", copies);
    }

    private async Task<(TestPeer Client, TestPeer Agent, IReadOnlyList<HeldRelay> Copies)> StartAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the hand-over is Linux' own");
        var destination = TestDestination.Listening("primary");
        await StartAsync(EngineKind.Reactor, destination);
        var client = await ConnectAsync();
        var agent = await destination.AcceptAsync();
        await client.SendAsync("ping");
        await agent.ExpectAsync("ping");
        await agent.SendAsync("pong");
        await client.ExpectAsync("pong");
        var copies = new List<HeldRelay>();
        foreach (var lane in Proxy.Engine.Lanes.Cast<IHandoverLane>())
        {
            await foreach (var some in lane.CopyAsync(atOnce: 1))
            {
                copies.AddRange(some);
            }
        }

        Assert.Single(copies);
        return (client, agent, copies);
    }

    private async Task EndsAsAsync(string outcome, IEnumerable<HeldRelay> copies)
    {
        Assert.Equal(outcome, (await Proxy.LineAsync()).Outcome);
        foreach (var descriptor in copies.SelectMany(copy => copy.Descriptors))
        {
            _ = Libc.Close(descriptor);
        }
    }
}
