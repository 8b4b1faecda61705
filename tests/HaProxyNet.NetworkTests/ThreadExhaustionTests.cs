using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>
/// Other programs use up what a container or a service may have of threads (pids.max, TasksMax=). The runtime would end the proxy, and all
/// its connections, where it gets none.
/// </summary>
[Collection<Alone>]
public sealed class ThreadExhaustionTests
{
    private const int Calls = 200;
    private const int PoolThreads = 16;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task NoMoreThreads_ServesReloadsFailsOverAndAnswers(string engine)
    {
        using var group = ThreadGroup.Create();
        var primary = new EchoServer();
        using var secondary = new EchoServer();
        await using var proxy = await ProxyProcess.StartAsync(
            new(engine, ("primary", primary.Address), ("secondary", secondary.Address)));
        await CallAsync(proxy.Port);
        await Eventually.HoldsAsync(() => ProcessFigures.Threads(proxy.Id) > PoolThreads, () => "the pool has its threads");
        using var open = await EchoClient.ConnectAsync(proxy.Port);
        await open.ExchangeAsync();

        group.Limit(proxy.Id);
        for (var call = 0; call < Calls; call++)
        {
            await CallAsync(proxy.Port);
        }

        (await proxy.CommandAsync("drain", "pair/secondary")).ExpectSuccess("the drain");
        (await proxy.CommandAsync("enable", "pair/secondary")).ExpectSuccess("putting it back");
        (await proxy.CommandAsync("reload")).ExpectSuccess("the reload");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => proxy.MetricsAsync()));
        primary.Dispose();
        await CallAsync(proxy.Port);
        await proxy.IsActiveAsync("secondary");
        await open.ExchangeAsync();

        Assert.False(proxy.HasExited, proxy.Text);
        group.Free();
        Assert.Equal(0, await proxy.TerminateAsync());
        proxy.ExpectCleanLog();
    }

    private static async Task CallAsync(int port)
    {
        using var client = await EchoClient.ConnectAsync(port);
        await client.ExchangeAsync();
        await client.FinishAsync();
    }
}
