using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;
using HaProxyNet.FuzzTests.Hello;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.FunctionalTests.Tls;

/// <summary>Clients that send less than a hello: none of them reaches an agent, and none is kept without end.</summary>
public sealed class HelloThatNeverCompletes : Scenario
{
    private readonly TestDestination _primary = TestDestination.Echoing("primary");
    private readonly FakeTimeProvider _time = new();

    private static readonly byte[] _hello = HelloModel.For("a.example").Wire();

    [Theory, ClassData<Engines>]
    public async Task Hello_OneByteAndSilence_IsResetAfterItsTime(EngineKind engine)
    {
        await StartAsync(engine, PassthroughSetup.Plain.WithoutIdleProbes() with { Time = _time }, _primary);
        var client = await ConnectAsync();
        await client.SendAsync(_hello.AsMemory(0, 1));
        await WaitedForAsync();

        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Empty(Proxy.Log.Lines);
        _time.Advance(TimeSpan.FromSeconds(0.2));

        await client.ExpectResetAsync();
        await EndedAsync("hello_timeout");
    }

    [Theory, ClassData<Engines>]
    public async Task Hello_ByteAfterByte_ItsTimeIsNotProlonged(EngineKind engine)
    {
        await StartAsync(engine, PassthroughSetup.Plain.WithoutIdleProbes() with { Time = _time }, _primary);
        var client = await ConnectAsync();
        for (var second = 0; second < 9; second++)
        {
            await client.SendAsync(_hello.AsMemory(second, 1));
            await WaitedForAsync();
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.Empty(Proxy.Log.Lines);
        }

        _time.Advance(TimeSpan.FromSeconds(1.1));

        await client.ExpectResetAsync();
        await EndedAsync("hello_timeout");
    }

    [Theory, ClassData<Engines>]
    public async Task Hello_ClientResetsInTheMiddle_IsNobodysFailure(EngineKind engine)
    {
        await StartAsync(engine, PassthroughSetup.Plain, _primary);
        var client = await ConnectAsync();
        await client.SendAsync(_hello.AsMemory(0, 20));
        await WaitedForAsync();

        client.Reset();

        await EndedAsync("client_aborted");
    }

    [Theory, ClassData<Engines>]
    public async Task Hello_ClientFinishesInTheMiddle_IsNobodysFailure(EngineKind engine)
    {
        await StartAsync(engine, PassthroughSetup.Plain, _primary);
        var client = await ConnectAsync();
        await client.SendAsync(_hello.AsMemory(0, 20));
        client.FinishSending();

        await client.ExpectResetAsync();
        Assert.Equal("incomplete", (await EndedAsync("client_aborted")).TlsVersion);
    }

    [Theory, ClassData<Engines>]
    public async Task Hello_ClientSaysNothingAndLeaves_TheAgentSeesNothing(EngineKind engine)
    {
        await StartAsync(engine, PassthroughSetup.Plain, _primary);
        const int Scans = 200;
        for (var i = 0; i < Scans; i++)
        {
            using var scanner = await Proxy.ConnectAsync();
            if (i % 2 == 0)
            {
                scanner.Reset();
            }
        }

        Assert.All(await Proxy.LinesAsync(Scans), l => Assert.Equal(("client_aborted", 0, null), (l.Outcome, l.Attempts, l.TlsVersion)));
        Assert.Equal(0, _primary.Traffic.Connections);
    }

    [Theory, ClassData<Engines>]
    public async Task Hello_ClientFinishesBehindIt_IsServed(EngineKind engine)
    {
        await StartAsync(engine, PassthroughSetup.Plain, _primary);
        var client = await ConnectAsync();
        await client.SendAsync(_hello);
        client.FinishSending();

        Assert.Equal(PeerEnd.Fin, (await client.ReadToEndAsync()).End);
        Assert.Equal((_hello.Length, _hello.Length), ((int)client.Received, (int)(await Proxy.LineAsync()).BytesIn));
    }

    [Theory, ClassData<Engines>]
    public async Task Hello_ProxyStops_IsResetAtTheDeadline(EngineKind engine)
    {
        await StartAsync(engine, PassthroughSetup.Plain with { ShutdownTimeout = TimeSpan.Zero }, _primary);
        var client = await ConnectAsync();
        await client.SendAsync(_hello.AsMemory(0, 20));
        await WaitedForAsync();

        await Proxy.StopAsync();

        await client.ExpectResetAsync();
        await EndedAsync("drain_deadline");
    }

    [Theory, ClassData<Engines>]
    public async Task Hello_AnnouncesMuchAndSendsLittle_IsWaitedForAndServed(EngineKind engine)
    {
        await StartAsync(engine, PassthroughSetup.Plain, _primary);
        var large = HelloModel.For("a.example").With((21, new byte[14_000])).Wire(3_000);
        var client = await ConnectAsync();
        foreach (var piece in large.Chunk(1_700))
        {
            await client.SendAsync(piece);
            await WaitedForAsync();
        }

        Assert.Equal(large.Length, (await client.ReadAsync(large.Length)).Length);
        client.FinishSending();
        await client.ExpectFinAsync();
        Assert.Equal(("a.example", "completed"), ((await Proxy.LineAsync()).Sni, Proxy.Log.Lines[0].Outcome));
    }

    private Task WaitedForAsync()
        => Eventually.TrueAsync(
            async () => (await Proxy.ConnectionsAsync()).Any(c => c.Activity is not null), () => "the client is waited for");

    /// <summary>The only connection has ended, without any attempt.</summary>
    private async Task<ConnectionLine> EndedAsync(string outcome)
    {
        var line = await Proxy.LineAsync();
        Assert.Equal((outcome, "", 0), (line.Outcome, line.Destination, line.Attempts));
        Assert.Equal(0, _primary.Traffic.Connections);
        return line;
    }
}
