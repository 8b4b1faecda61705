using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.FunctionalTests.Admission;

/// <summary>A client that only connects never reaches an agent.</summary>
public sealed class FirstByte : Scenario
{
    private static readonly ProxySetup _setup = new()
    {
        Listener = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ConnectOn"] = "FirstByte",
            ["FirstByteTimeout"] = "00:00:10",
        },
    };

    private readonly TestDestination _primary = TestDestination.Echoing("primary");

    [Theory, ClassData<Engines>]
    public async Task FirstByte_PortScan_TheAgentSeesNothing(EngineKind engine)
    {
        await StartAsync(engine, _setup, _primary);
        const int Scans = 1000;
        for (var i = 0; i < Scans; i++)
        {
            using var scanner = await Proxy.ConnectAsync();
            if (i % 2 == 0)
            {
                scanner.Reset();
            }
        }

        var lines = await Proxy.LinesAsync(Scans);

        Assert.All(lines, l => Assert.Equal(("client_aborted", "", 0), (l.Outcome, l.Destination, l.Attempts)));
        Assert.Equal(0, _primary.Traffic.Connections);
    }

    [Theory, ClassData<Engines>]
    public async Task FirstByte_ClientSpeaks_IsServed(EngineKind engine)
    {
        await StartAsync(engine, _setup, _primary);
        var client = await ConnectAsync();
        await Eventually.TrueAsync(async () => (await Proxy.ConnectionsAsync()).Count == 1, () => "the client is connected");
        Assert.Equal(0, _primary.Traffic.Connections);

        await client.SendAsync("hello");

        await client.ExpectAsync("hello");
    }

    [Theory, ClassData<Engines>]
    public async Task FirstByte_ClientSpeaksAtOnceAndCloses_IsServedWhole(EngineKind engine)
    {
        await StartAsync(engine, _setup, _primary);

        Assert.All(
            await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => EchoCallAsync())), answer => Assert.Equal(Scripts.Request, answer));
    }

    [Theory, ClassData<Engines>]
    public async Task FirstByte_ClientSaysNothing_IsResetAfterItsTime(EngineKind engine)
    {
        var time = new FakeTimeProvider();
        await StartAsync(engine, _setup.WithoutIdleProbes() with { Time = time }, _primary);
        var client = await ConnectAsync();
        await Eventually.TrueAsync(
            async () => (await Proxy.ConnectionsAsync()).Any(c => c.Activity is not null), () => "the client is waited for");

        time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Empty(Proxy.Log.Lines);
        time.Advance(TimeSpan.FromSeconds(0.2));

        await client.ExpectResetAsync();
        Assert.Equal("first_byte_timeout", (await Proxy.LineAsync()).Outcome);
    }
}
