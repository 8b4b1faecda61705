using System.Net.Sockets;
using System.Security.Cryptography;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>What scanners, monitors and broken programs do to an open port: nothing of it is the proxy's fault, or stays with it.</summary>
public sealed class HostileClientTests
{
    private const int Clients = 200;

    private delegate Task Behaviour(EchoClient client);

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public Task Clients_ConnectAndCloseAtOnce_LeaveNothing(string engine) => LeavesNothingAsync(engine, client =>
    {
        client.Dispose();
        return Task.CompletedTask;
    });

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public Task Clients_ConnectAndResetAtOnce_LeaveNothing(string engine) => LeavesNothingAsync(engine, client =>
    {
        client.Reset();
        return Task.CompletedTask;
    });

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public Task Clients_HalfOpenThenVanish_LeaveNothing(string engine) => LeavesNothingAsync(engine, async client =>
    {
        client.Socket.Shutdown(SocketShutdown.Send);
        await Task.Delay(Random.Shared.Next(20));
        client.Reset();
    });

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public Task Clients_SendGarbageAndVanish_LeaveNothing(string engine) => LeavesNothingAsync(engine, async client =>
    {
        // Nobody reads what comes back, so the proxy is left with bytes that it cannot deliver.
        await client.Socket.SendAsync(RandomNumberGenerator.GetBytes(Random.Shared.Next(1, 65_536)));
        client.Reset();
    });

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public Task Clients_SendOneByteAtATime_GetTheirBytesBack(string engine) => LeavesNothingAsync(engine, async client =>
    {
        var bytes = RandomNumberGenerator.GetBytes(20);
        for (var i = 0; i < bytes.Length; i++)
        {
            await client.Socket.SendAsync(bytes.AsMemory(i, 1));
            await Task.Delay(Random.Shared.Next(5));
        }

        await client.ExpectAsync(bytes);
        await client.FinishAsync();
        client.Dispose();
    });

    private static async Task LeavesNothingAsync(string engine, Behaviour behave)
    {
        using var primary = new EchoServer();
        await using var proxy = await ProxyProcess.StartAsync(new(engine, ("primary", primary.Address)) { LogsConnections = true });
        await ServesAsync(proxy);
        await proxy.IsIdleAsync();
        var before = proxy.Figures;

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            using var client = await EchoClient.ConnectAsync(proxy.Port);
            await behave(client);
        }));

        await ServesAsync(proxy);
        await Eventually.HoldsAsync(
            () => Pairs.In(proxy.Lines, "outcome").Count == Clients + 2,
            () => $"every connection has its line:\n{string.Join('\n', proxy.Lines.TakeLast(20))}");
        await proxy.IsIdleAsync();
        await Eventually.HoldsAsync(
            () => proxy.Figures.Descriptors <= before.Descriptors, () => $"descriptors are back at {before.Descriptors}: {proxy.Figures}");
        Assert.Equal(1, (await proxy.MetricsAsync()).Sum("destination_up", ("destination", "primary")));
        proxy.ExpectCleanLog();
    }

    private static async Task ServesAsync(ProxyProcess proxy)
    {
        using var client = await EchoClient.ConnectAsync(proxy.Port);
        await client.ExchangeAsync();
        await client.FinishAsync();
    }
}
