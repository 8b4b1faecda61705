using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>What SIGTERM does to open connections, and how the process ends.</summary>
public sealed class ShutdownTests
{
    private const int OpenConnections = 20;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Sigterm_OpenConnections_AreServedToTheirEndAndTheExitCodeIsZero(string engine)
    {
        using var primary = new EchoServer();
        await using var proxy = await ProxyProcess.StartAsync(new(engine, ("primary", primary.Address)));
        var clients = await Task.WhenAll(Enumerable.Range(0, OpenConnections).Select(_ => EchoClient.ConnectAsync(proxy.Port)));
        await Task.WhenAll(clients.Select(client => client.ExchangeAsync()));

        proxy.Send(Signal.Terminate);
        await proxy.HasWrittenAsync("Draining");
        await RefusesAsync(proxy);
        await Task.WhenAll(clients.Select(client => client.ExchangeAsync()));
        Assert.False(proxy.HasExited);
        await Task.WhenAll(clients.Select(client => client.FinishAsync()));

        Assert.Equal(0, await proxy.EndAsync());
        Assert.True(proxy.Wrote($"{OpenConnections} connections ended by themselves, 0 were reset"), proxy.Text);
        proxy.ExpectCleanLog();
        Array.ForEach(clients, client => client.Dispose());
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Sigterm_ConnectionThatNeverEnds_IsResetAfterShutdownTimeoutAndTheExitCodeIsZero(string engine)
    {
        using var primary = new EchoServer();
        await using var proxy = await ProxyProcess.StartAsync(
            new(engine, ("primary", primary.Address)) { ShutdownTimeout = TimeSpan.FromSeconds(1), LogsConnections = true });
        using var stuck = await EchoClient.ConnectAsync(proxy.Port);
        await stuck.ExchangeAsync();

        proxy.Send(Signal.Terminate);

        Assert.True(await stuck.EndsWithResetAsync());
        Assert.Equal(0, await proxy.EndAsync());
        Assert.Equal("drain_deadline", Pairs.In(proxy.Lines, "outcome")[^1]["outcome"]);
        proxy.ExpectCleanLog();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Sigterm_NoConnections_EndsAtOnce(string engine)
    {
        using var primary = new EchoServer();
        await using var proxy =
            await ProxyProcess.StartAsync(new(engine, ("primary", primary.Address)) { ShutdownTimeout = TimeSpan.FromHours(1) });

        Assert.Equal(0, await proxy.TerminateAsync());
        proxy.ExpectCleanLog();
    }

    private static Task RefusesAsync(ProxyProcess proxy) => Eventually.HoldsAsync(
        async () =>
        {
            try
            {
                using var client = await EchoClient.ConnectAsync(proxy.Port);
                return false;
            }
            catch (System.Net.Sockets.SocketException)
            {
                return true;
            }
        },
        () => "new connections are refused");
}
