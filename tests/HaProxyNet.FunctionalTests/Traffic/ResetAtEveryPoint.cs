using System.Net.Sockets;
using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.FunctionalTests.Traffic;

public sealed class ResetAtEveryPoint : Scenario
{
    private static readonly Payload _endless = new(5, 1L << 40);

    [Theory, ClassData<LifePoints>]
    public async Task Reset_AtThisPoint_TheOtherSideIsResetAndNothingIsLeft(EngineKind engine, LifePoint point, string side)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, destination);
        var client = await ConnectAsync();
        var agent = await destination.AcceptAsync();
        var busy = await LiveUntilAsync(point, client, agent);
        var (resets, suffers) = side == nameof(RelaySide.Client) ? (client, agent) : (agent, client);

        resets.Reset();

        Assert.Equal(PeerEnd.Reset, await EndOfAsync(suffers));
        await Task.WhenAll(busy.Select(EndedAsync));
        var line = await Proxy.LineAsync();
        if (point is not LifePoint.Connected)
        {
            Assert.Equal(
                side == nameof(RelaySide.Client) ? ("client_reset", "client") : ("destination_reset", "destination"),
                (line.Outcome, line.ClosedBy));
        }
    }

    /// <summary>Takes the connection to a point; returns what is going on there.</summary>
    private static async Task<Task[]> LiveUntilAsync(LifePoint point, TestPeer client, TestPeer agent)
    {
        if (point is LifePoint.Connected)
        {
            return [];
        }

        if (point is LifePoint.AfterDestinationFin)
        {
            await agent.SendAsync("welcome");
            agent.FinishSending();
            Assert.Equal(("welcome", PeerEnd.Fin), await client.ReadToEndAsync());
            return [];
        }

        await client.SendAsync("request");
        await agent.ExpectAsync("request");
        switch (point)
        {
            case LifePoint.InMidRequest:
                return await FlowingAsync(client, agent);
            case LifePoint.InMidReply:
                return await FlowingAsync(agent, client);
            case LifePoint.AfterReply:
                await agent.SendAsync("reply");
                await client.ExpectAsync("reply");
                break;
            case LifePoint.AfterClientFin:
                client.FinishSending();
                await agent.ExpectFinAsync();
                break;
            default:
                break;
        }

        return [];
    }

    private static async Task<Task[]> FlowingAsync(TestPeer from, TestPeer to)
    {
        var sending = Task.Run(() => from.SendAsync(_endless));
        var buffer = new byte[100_000];
        while (to.Received < 5_000_000)
        {
            await to.ReceiveAsync(buffer);
        }

        return [sending];
    }

    /// <summary>How a peer sees the end: what a read says, or a write where one is under way.</summary>
    private static async Task<PeerEnd> EndOfAsync(TestPeer peer)
    {
        try
        {
            while (true)
            {
                if ((await peer.HashToEndAsync()).End is PeerEnd.Reset)
                {
                    return PeerEnd.Reset;
                }

                // FIN was read before, or a write has taken the error: only a write tells.
                await peer.SendAsync("?");
            }
        }
        catch (SocketException)
        {
            return PeerEnd.Reset;
        }
    }

    private static async Task EndedAsync(Task busy)
    {
        try
        {
            await busy;
            Assert.Fail("Sending went on.");
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // As it should.
        }
    }
}
