using System.Net.Sockets;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>
/// The proxy's limit of open files is reached in a flood of connections: it serves on, waits without spinning, and recovers.
/// </summary>
[Collection<Alone>]
public sealed class DescriptorExhaustionTests(ITestOutputHelper output)
{
    // The runtime alone has some 230 open once the proxy runs: two an assembly.
    private const int Limit = 400;
    private const int Flood = 250;
    private const double ShareOfACore = 0.20;

    private static readonly TimeSpan _starvation = TimeSpan.FromSeconds(3);

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Flood_DescriptorsRunOut_OpenConnectionsGoOnAndAcceptingResumes(string engine)
    {
        using var primary = new EchoServer();
        await using var proxy = await ProxyProcess.StartAsync(Starved(engine, primary));
        using var open = await EchoClient.ConnectAsync(proxy.Port);
        await open.ExchangeAsync();
        await StartIsOverAsync(proxy);

        var flood = await FloodAsync(proxy);
        await proxy.HasWrittenAsync("cannot accept");
        var share = await ShareOfACoreAsync(proxy, open);
        output.WriteLine($"{engine}: {share:P1} of a core while "
            + $"starved; {proxy.Lines.Count(line => line.Contains("cannot accept", StringComparison.Ordinal))} log lines");
        Assert.InRange(share, 0, ShareOfACore);

        flood.ForEach(client => client.Dispose());
        await Eventually.HoldsAsync(() => ServesAsync(proxy), () => "a new connection is served");
        await open.ExchangeAsync();
        Assert.InRange(proxy.Lines.Count(line => line.Contains("cannot accept", StringComparison.Ordinal)), 1, 2);
        Assert.Equal(1, (await proxy.MetricsAsync()).Sum("destination_up", ("destination", "primary")));
        proxy.ExpectCleanLog();
    }

    /// <summary>A scrape that comes now waits in the backlog of the admin endpoint, whose accept fails as well.</summary>
    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Flood_DescriptorsRunOutAndAScrapeComes_NothingSpins(string engine)
    {
        using var primary = new EchoServer();
        await using var proxy = await ProxyProcess.StartAsync(Starved(engine, primary));
        using var open = await EchoClient.ConnectAsync(proxy.Port);
        await open.ExchangeAsync();
        await proxy.MetricsAsync();
        await StartIsOverAsync(proxy);
        var flood = await FloodAsync(proxy);
        await proxy.HasWrittenAsync("cannot accept");

        var scrape = proxy.MetricsAsync();
        var share = await ShareOfACoreAsync(proxy, open);

        output.WriteLine($"{engine}: {share:P1} of a core while starved and scraped");
        Assert.InRange(share, 0, ShareOfACore);
        flood.ForEach(client => client.Dispose());
        await scrape;
        proxy.ExpectCleanLog();
    }

    private static ProxySetup Starved(string engine, EchoServer primary) => new(engine, ("primary", primary.Address))
    {
        Prefix = [Requirement.Command("prlimit", "util-linux"), $"--nofile={Limit}"],
    };

    /// <summary>Waits until the process has done its first work, compiling above all: that is not what starvation costs.</summary>
    private static async Task StartIsOverAsync(ProxyProcess proxy)
    {
        var window = TimeSpan.FromMilliseconds(500);
        await Eventually.HoldsAsync(
            async () =>
            {
                var before = proxy.Figures.Cpu;
                await Task.Delay(window);
                return proxy.Figures.Cpu - before <= window * 0.04;
            },
            () => $"{proxy.Name} comes to rest: {proxy.Figures}");
    }

    private static async Task<bool> ServesAsync(ProxyProcess proxy)
    {
        try
        {
            using var client = await EchoClient.ConnectAsync(proxy.Port);
            await client.ExchangeAsync();
            return true;
        }
        catch (SocketException reset) when (reset.SocketErrorCode is SocketError.ConnectionReset)
        {
            // Accepted with the last descriptor, so that none was left for the destination: it was told so at once.
            return false;
        }
    }

    /// <summary>Connects succeed however starved the proxy is: the kernel makes them. A reset is a fair answer too.</summary>
    private static async Task<List<EchoClient>> FloodAsync(ProxyProcess proxy)
    {
        var clients = new List<EchoClient>();
        for (var i = 0; i < Flood; i++)
        {
            try
            {
                clients.Add(await EchoClient.ConnectAsync(proxy.Port));
            }
            catch (SocketException reset) when (reset.SocketErrorCode is SocketError.ConnectionReset)
            {
            }
        }

        return clients;
    }

    /// <summary>
    /// The processor time that the proxy uses over some seconds of starvation, in which an open connection is still served.
    /// </summary>
    private static async Task<double> ShareOfACoreAsync(ProxyProcess proxy, EchoClient open)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var before = proxy.Figures.Cpu;
        while (clock.Elapsed < _starvation)
        {
            await open.ExchangeAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        return (proxy.Figures.Cpu - before) / clock.Elapsed;
    }
}
