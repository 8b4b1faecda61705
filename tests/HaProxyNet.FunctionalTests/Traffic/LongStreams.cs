using System.Security.Cryptography;
using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Traffic;

/// <summary>
/// Streams so long that the Reactor lets bytes gather before it wakes: their last bytes, of which there are too few to wake anybody, still
/// arrive, whatever follows them.
/// </summary>
public sealed class LongStreams : Scenario
{
    private const int Length = (40 * 1024 * 1024) + 777;

    [Theory, ClassData<Engines>]
    public async Task StreamThatPauses_ArrivesToTheLastByteEachTime(EngineKind engine)
    {
        var (client, agent) = await OpenAsync(engine);

        for (var seed = 1; seed <= 3; seed++)
        {
            var payload = new Payload(seed, Length);
            var sending = agent.SendAsync(payload);
            Assert.Equal(payload.Hash(), await HashAsync(client, Length));
            await sending;
            await ExchangeAsync(client, agent);
        }

        await CloseAsync(client, agent);
    }

    [Theory, ClassData<Engines>]
    public async Task StreamBesideSmallMessages_ArrivesToTheLastByte(EngineKind engine)
    {
        var (client, agent) = await OpenAsync(engine);
        var payload = new Payload(4, Length);
        using var arrived = new CancellationTokenSource();
        var talking = TalkAsync(agent, client, arrived.Token);

        var sending = client.SendAsync(payload);
        Assert.Equal(payload.Hash(), await HashAsync(agent, Length));
        await sending;

        await arrived.CancelAsync();
        await talking;
        await CloseAsync(client, agent);
    }

    [Theory, ClassData<Engines>]
    public async Task StreamThatEnds_ArrivesWithItsFin(EngineKind engine)
    {
        var (client, agent) = await OpenAsync(engine);
        var payload = new Payload(5, Length);

        var sending = SendAndFinishAsync(agent, payload);

        Assert.Equal((payload.Hash(), PeerEnd.Fin), await client.HashToEndAsync());
        await sending;
        client.FinishSending();
        await agent.ExpectFinAsync();
    }

    [Theory, ClassData<Engines>]
    public async Task StreamWhoseSenderResets_ResetsTheReceiver(EngineKind engine)
    {
        var (client, agent) = await OpenAsync(engine);
        var payload = new Payload(6, Length);
        var reading = client.HashToEndAsync();
        await agent.SendAsync(payload);

        agent.Reset();

        Assert.Equal(PeerEnd.Reset, (await reading).End);
        Assert.Equal("destination_reset", (await Proxy.LineAsync()).Outcome);
    }

    [Theory, ClassData<Engines>]
    public async Task StreamWhoseReaderStalls_ArrivesToTheLastByte(EngineKind engine)
    {
        var (client, agent) = await OpenAsync(engine);

        // Read beyond where the Reactor begins to gather; what is left is more than all buffers on the way hold, also where tcp_rmem allows
        // 32 MB.
        const int Read = Length / 2;
        const int Whole = 4 * Length;
        var payload = new Payload(7, Whole);
        var sending = agent.SendAsync(payload);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await ReadAsync(client, Read, hash);

        // Long enough that nothing moves any more.
        await Task.Delay(200);
        Assert.False(sending.IsCompleted);

        await ReadAsync(client, Whole - Read, hash);
        await sending;
        Assert.Equal(payload.Hash(), Convert.ToHexString(hash.GetHashAndReset()));
        await ExchangeAsync(client, agent);
        await CloseAsync(client, agent);
    }

    private async Task<(TestPeer Client, TestPeer Agent)> OpenAsync(EngineKind engine)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, destination);
        var client = await ConnectAsync();
        var agent = await destination.AcceptAsync();
        await ExchangeAsync(client, agent);
        return (client, agent);
    }

    private static async Task ExchangeAsync(TestPeer client, TestPeer agent)
    {
        await client.SendAsync("ping");
        await agent.ExpectAsync("ping");
        await agent.SendAsync("pong");
        await client.ExpectAsync("pong");
    }

    private static async Task CloseAsync(TestPeer client, TestPeer agent)
    {
        client.FinishSending();
        await agent.ExpectFinAsync();
        agent.FinishSending();
        await client.ExpectFinAsync();
    }

    private static async Task TalkAsync(TestPeer speaker, TestPeer listener, CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            await speaker.SendAsync("news");
            await listener.ExpectAsync("news");
        }
    }

    private static async Task SendAndFinishAsync(TestPeer peer, Payload payload)
    {
        await peer.SendAsync(payload);
        peer.FinishSending();
    }

    private static async Task<string> HashAsync(TestPeer reader, int length)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await ReadAsync(reader, length, hash);
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static async Task ReadAsync(TestPeer reader, int length, IncrementalHash into)
    {
        var buffer = new byte[256 * 1024];
        while (length > 0)
        {
            var count = await reader.ReceiveAsync(buffer.AsMemory(0, Math.Min(buffer.Length, length)));
            Assert.True(count > 0, $"The stream ended {length} bytes early.");
            into.AppendData(buffer, 0, count);
            length -= count;
        }
    }
}
