using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;

namespace HaProxyNet.FunctionalTests.Tls;

/// <summary>Random bytes both ways at once. HAPROXYNET_TEST_TLS_MB says how many MB each way; default: 64.</summary>
public sealed class EveryByte : TlsScenario
{
    private static readonly long _size = 1024L * 1024
        * (long.TryParse(Environment.GetEnvironmentVariable("HAPROXYNET_TEST_TLS_MB"), out var mb) ? mb : 64);

    [Theory, ClassData<Combinations>]
    public async Task BothWaysAtOnce_EveryByteArrives(TlsStack engine, Wires wires)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, wires, destination);
        var (client, agent) = await BothAsync(wires, destination);
        var up = new Payload(1, _size);
        var down = new Payload(2, _size);

        var atAgent = agent.HashToEndAsync();
        var atClient = client.HashToEndAsync();
        await Task.WhenAll(SendAllAsync(client, up), SendAllAsync(agent, down));

        Assert.Equal((up.Hash(), PeerEnd.Fin), await atAgent);
        Assert.Equal((down.Hash(), PeerEnd.Fin), await atClient);
        var line = await Proxy.LineAsync();
        Assert.Equal(("completed", _size, _size), (line.Outcome, line.BytesIn, line.BytesOut));
    }

    private static async Task SendAllAsync(TestPeer peer, Payload payload)
    {
        await peer.SendAsync(payload);
        await peer.FinishSendingAsync();
    }
}
