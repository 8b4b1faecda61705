using System.Net.Sockets;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>A proxy that did not run for a while, as on a machine that was paused, has seen nothing of its destinations.</summary>
public sealed class PausedProcessTests
{
    private const int Clients = 10;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Stopped_ForLongerThanEveryTimeout_NoDestinationGoesDownAndNoClientIsReset(string engine)
    {
        using var primary = new EchoServer();
        var health = new Dictionary<string, string> { ["Probe"] = "Always", ["Interval"] = "00:00:00.200", ["Timeout"] = "00:00:02" };
        await using var proxy = await ProxyProcess.StartAsync(
            new(engine, ("primary", primary.Address)) { ConnectTimeout = TimeSpan.FromSeconds(2), Health = health });
        using var kept = await EchoClient.ConnectAsync(proxy.Port);
        await kept.ExchangeAsync();

        for (var i = 0; i < 2; i++)
        {
            proxy.Send(Signal.Stop);
            var waiting = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => EchoClient.ConnectAsync(proxy.Port)));
            await Task.Delay(TimeSpan.FromSeconds(4));
            proxy.Send(Signal.Continue);

            try
            {
                await Task.WhenAll(waiting.Select(client => client.ExchangeAsync()));
            }
            catch (Exception fault) when (fault is SocketException or IOException)
            {
                Assert.Fail($"a client was cut: {fault.Message}\n{proxy.Text}");
            }

            await Task.WhenAll(waiting.Select(client => client.FinishAsync()));
            Array.ForEach(waiting, client => client.Dispose());
        }

        await kept.ExchangeAsync();
        Assert.False(proxy.Wrote("Destination down"), proxy.Text);
        proxy.ExpectCleanLog();
    }
}
