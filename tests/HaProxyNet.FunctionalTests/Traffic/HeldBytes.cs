using System.Diagnostics;
using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Traffic;

/// <summary>
/// 50 MB behind a reader that never reads: the writer is stopped, and what the proxy itself holds of them stays small. What both ends'
/// systems hold is counted out; it is theirs to limit.
/// </summary>
public sealed class HeldBytes : Scenario
{
    private const long Size = 50L * 1024 * 1024;
    private const long Most = 128 * 1024;

    /// <summary>Bytes of one send; of the one that waits, the system may have taken a part that is not counted yet.</summary>
    private const int Piece = 1024;

    [Theory, ClassData<Engines>]
    public async Task DestinationNeverReads_AtMost128KilobytesAreHeld(EngineKind engine)
    {
        var (destination, client, agent) = await OpenAsync(engine);
        var writing = Task.Run(() => FloodAsync(client));

        Assert.InRange(await HeldAsync(client, agent, destination, fromClient: true), -Piece, Most);

        Assert.False(writing.IsCompleted);
        client.Reset();
        await Assert.ThrowsAnyAsync<Exception>(() => writing);
        Assert.Equal(PeerEnd.Reset, (await agent.HashToEndAsync()).End);
    }

    [Theory, ClassData<Engines>]
    public async Task ClientNeverReads_AtMost128KilobytesAreHeld(EngineKind engine)
    {
        var (destination, client, agent) = await OpenAsync(engine);
        var writing = Task.Run(() => FloodAsync(agent));

        Assert.InRange(await HeldAsync(agent, client, destination, fromClient: false), -Piece, Most);

        Assert.False(writing.IsCompleted);
        agent.Reset();
        await Assert.ThrowsAnyAsync<Exception>(() => writing);
        Assert.Equal(PeerEnd.Reset, (await client.HashToEndAsync()).End);
    }

    private static async Task FloodAsync(TestPeer writer)
    {
        // It is stopped for as long as the test looks, and on a busy machine with many sockets a look takes seconds.
        writer.Patience = 10 * Eventually.Bound;
        var piece = new byte[Piece];
        for (var sent = 0L; sent < Size; sent += Piece)
        {
            await writer.SendAsync(piece);
        }
    }

    private async Task<(TestDestination Destination, TestPeer Client, TestPeer Agent)> OpenAsync(EngineKind engine)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The system's queues are read in /proc.");
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, destination);
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        var agent = await destination.AcceptAsync();
        await agent.ExpectAsync("ping");
        return (destination, client, agent);
    }

    /// <summary>Once nothing moves any more: what was written, less what the systems hold on its way to the proxy and behind it.</summary>
    private async Task<long> HeldAsync(TestPeer writer, TestPeer reader, TestDestination destination, bool fromClient)
    {
        var opening = fromClient ? 4 : 0;
        var (held, times, last) = (0L, 0, (0L, 0L));
        var began = Stopwatch.GetTimestamp();
        while (times < 10)
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < 8 * Eventually.Bound, "The writer was not stopped.");
            await Task.Delay(50);
            if (SocketQueue.EndsOf(Proxy.Address) is not var (client, clientAtProxy)
                || SocketQueue.EndsOf(destination.Address) is not var (agentAtProxy, agent))
            {
                continue;
            }

            var behind = fromClient
                ? client.Unsent + clientAtProxy.Unread + agentAtProxy.Unsent + agent.Unread
                : agent.Unsent + agentAtProxy.Unread + clientAtProxy.Unsent + client.Unread;
            held = writer.Sent - opening - (reader.Received - (fromClient ? opening : 0)) - behind;
            var now = (writer.Sent, behind);
            times = now == last && writer.Sent > 1_000_000 ? times + 1 : 0;
            last = now;
        }

        TestContext.Current.SendDiagnosticMessage($"{held} bytes held by the proxy, {last.Item2} by the systems around it");
        return held;
    }
}
