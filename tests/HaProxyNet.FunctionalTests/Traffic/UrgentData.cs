using System.Net.Sockets;
using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Traffic;

/// <summary>
/// TCP urgent data in a long stream. The system's calls stop at its mark, and splice(2) says "end" there; what stands behind it belongs to
/// the stream all the same. The urgent byte itself is left out (recv(2)), or is a byte like others once a second mark follows (tcp(7)).
/// </summary>
public sealed class UrgentData : Scenario
{
    private const long Part = 20L * 1024 * 1024;

    [Theory, ClassData<Engines>]
    public Task FromClient_FinBehindIt_EveryByteArrives(EngineKind engine) => PassesAsync(engine, fromClient: true, waits: false);

    [Theory, ClassData<Engines>]
    public Task FromClient_WaitsForTheAnswer_EveryByteArrives(EngineKind engine) => PassesAsync(engine, fromClient: true, waits: true);

    [Theory, ClassData<Engines>]
    public Task FromDestination_FinBehindIt_EveryByteArrives(EngineKind engine) => PassesAsync(engine, fromClient: false, waits: false);

    [Theory, ClassData<Engines>]
    public async Task OnlyAnUrgentByteThenFin_EndsInOrder(EngineKind engine)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, destination);
        var client = await ConnectAsync();
        var agent = await destination.AcceptAsync();

        client.Socket.Send("!"u8, SocketFlags.OutOfBand);
        client.FinishSending();
        await agent.ExpectFinAsync();
        await agent.SendAsync("answer");
        agent.FinishSending();

        Assert.Equal(("answer", PeerEnd.Fin), await client.ReadToEndAsync());
        Assert.Equal("completed", (await Proxy.LineAsync()).Outcome);
    }

    private async Task PassesAsync(EngineKind engine, bool fromClient, bool waits)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, destination);
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        var agent = await destination.AcceptAsync();
        await agent.ExpectAsync("ping");
        var (writer, reader) = fromClient ? (client, agent) : (agent, client);

        var reading = CountAsync(reader, waits ? 2 * Part : long.MaxValue);
        await writer.SendAsync(new Payload(3, Part));
        writer.Socket.Send("!"u8, SocketFlags.OutOfBand);
        await writer.SendAsync(new Payload(4, Part));
        if (!waits)
        {
            writer.FinishSending();
        }

        Assert.Equal(2 * Part, await reading);
        await reader.SendAsync("answer");
        reader.FinishSending();
        await writer.ExpectAsync("answer");
        if (waits)
        {
            writer.FinishSending();
        }

        Assert.Equal("completed", (await Proxy.LineAsync()).Outcome);
    }

    private static async Task<long> CountAsync(TestPeer reader, long atMost)
    {
        var buffer = new byte[64 * 1024];
        var count = 0L;
        while (count < atMost && await reader.ReceiveAsync(buffer) is > 0 and var read)
        {
            count += read;
        }

        return count;
    }
}
