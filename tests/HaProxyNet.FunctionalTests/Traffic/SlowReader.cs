using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Traffic;

[Collection(nameof(Alone))]
public sealed class SlowReader : Scenario
{
    private const long Size = 50L * 1024 * 1024;
    private const long ManagedLimit = 2L * 1024 * 1024;
    private const long WorkingSetLimit = 8L * 1024 * 1024;

    [Theory, ClassData<Engines>]
    public async Task Teardown_SlowReader_StopsReadingOtherSide(EngineKind engine)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, destination);
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        var agent = await destination.AcceptAsync();
        await agent.ExpectAsync("ping");

        await StallsThenArrivesAsync(client, agent);

        var line = await Proxy.LineAsync();
        Assert.Equal(("completed", Size + 4, 0L), (line.Outcome, line.BytesIn, line.BytesOut));
    }

    [Theory, ClassData<Engines>]
    public async Task Teardown_SlowClient_StopsReadingDestination(EngineKind engine)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, destination);
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        var agent = await destination.AcceptAsync();
        await agent.ExpectAsync("ping");

        await StallsThenArrivesAsync(agent, client);

        var line = await Proxy.LineAsync();
        Assert.Equal(("completed", 4L, Size), (line.Outcome, line.BytesIn, line.BytesOut));
    }

    /// <summary>Much is written at a reader that does not read: the writer is stopped; then it reads, and all of it arrives.</summary>
    private static async Task StallsThenArrivesAsync(TestPeer writer, TestPeer reader)
    {
        var payload = new Payload(7, Size);
        var expected = payload.Hash();
        var managed = ProcessUse.ManagedBytes();
        var workingSet = ProcessUse.WorkingSet();

        var writing = Task.Run(() => writer.SendAsync(payload));
        await StandsStillAsync(writer);

        Assert.InRange(writer.Sent, 1, Size - 1);
        Assert.False(writing.IsCompleted);
        Assert.InRange(ProcessUse.ManagedBytes() - managed, long.MinValue, ManagedLimit);
        Assert.InRange(ProcessUse.WorkingSet() - workingSet, long.MinValue, WorkingSetLimit);

        var reading = reader.HashToEndAsync();
        await writing;
        writer.FinishSending();
        Assert.Equal((expected, PeerEnd.Fin), await reading);
        reader.FinishSending();
    }

    /// <summary>Returns when nothing more was taken from the writer for a while: a slow machine only makes the test less strict.</summary>
    private static async Task StandsStillAsync(TestPeer writer)
    {
        var (seen, times) = (0L, 0);
        while (times < 10)
        {
            await Task.Delay(50);
            times = writer.Sent == seen && seen > 4 ? times + 1 : 0;
            seen = writer.Sent;
        }
    }
}
