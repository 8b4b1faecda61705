using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;
using HaProxyNet.Telemetry;
using HaProxyNet.Tls.OpenSsl;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Tls.SslStreams;
using Microsoft.Extensions.DependencyInjection;

namespace HaProxyNet.FunctionalTests.Tls;

/// <summary>
/// The lock-free design of the Reactor stands on this: nothing that a session does resumes anywhere else than on its lane.
/// </summary>
public sealed class StaysOnItsLane : TlsScenario
{
    private const int Connections = 12;

    public static TheoryData<TlsStack> OfTheReactor { get; } = [.. new TlsStacks().Where(stack => stack.Data is not TlsStack.Managed)];

    [Theory, MemberData(nameof(OfTheReactor))]
    public async Task Session_FromHandshakeToEnd_OneThread(TlsStack stack)
    {
        var engine = new LaneWatchingEngine(stack is TlsStack.ReactorOpenSsl
            ? new OpenSslEngine(new InternalFaults())
            : new SslStreamEngine(new InternalFaults()));
        var destination = TestDestination.Serving("primary", async peer =>
        {
            using var tls = await TlsPeer.ServerAsync(peer);
            await Scripts.EchoAsync(tls);
            await tls.FinishSendingAsync();
        });
        await StartAsync(
            stack,
            Setup(Wires.TlsTls) with { Services = services => services.AddSingleton<ITlsEngine>(engine) },
            destination);
        var payload = new Payload(1, 3_000_000);

        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            using var client = await TlsPeer.ClientAsync(await ConnectAsync());
            var heard = client.HashToEndAsync();
            await client.SendAsync(payload);
            await client.FinishSendingAsync();
            Assert.Equal((payload.Hash(), PeerEnd.Fin), await heard);
        }));

        await Proxy.LinesAsync(Connections);
        Assert.Equal(2 * Connections, engine.Threads.Count);
        Assert.All(engine.Threads, threads => Assert.StartsWith("haproxynet-", Assert.Single(threads).Key, StringComparison.Ordinal));
    }
}
