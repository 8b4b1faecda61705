using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>What connections leave behind in the proxy's process, as the operating system counts it.</summary>
[Collection<Alone>]
public sealed class FootprintTests(ITestOutputHelper output)
{
    private const int OpenAtOnce = 500;
    private const int WavesARound = 5;
    private const int WarmUpRounds = 16;
    private const int Waves = 20;

    // On a busy machine the runtime may compile or grow a pool as late as in the first measured round; a leak grows in every round.
    private const int Rounds = 4;
    private const double Megabyte = 1024 * 1024;

    // The collector lets garbage grow with the processor's cache, to tens of megabytes. What is asked here is what is held, not what is
    // waiting to be collected: a budget of 4 MB.
    private static readonly Dictionary<string, string> _collectsOften = new() { ["DOTNET_GCgen0size"] = "0x400000" };

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Connections_TenThousandOpenedAndClosed_WorkingSetWithin5MB(string engine)
    {
        using var primary = new EchoServer();
        using var secondary = new EchoServer();
        await using var proxy = await ProxyProcess.StartAsync(
            new(engine, ("primary", primary.Address), ("secondary", secondary.Address)) { MoreEnvironment = _collectsOften });
        var warmUp = await WarmUpAsync(proxy);
        var descriptors = proxy.Figures.Descriptors;
        List<double> growth = [];
        do
        {
            var before = proxy.Figures;
            await OpenAndCloseAsync(proxy, Waves);
            var after = proxy.Figures;
            growth.Add((after.ResidentBytes - before.ResidentBytes) / Megabyte);
            output.WriteLine(
                $"{engine}: after {OpenAtOnce * warmUp} to warm up, {OpenAtOnce * Waves} connections, {OpenAtOnce} open at once: resident "
                + $"{before.ResidentBytes / Megabyte:F1} -> {after.ResidentBytes / Megabyte:F1} MB, "
                + $"CPU {(after.Cpu - before.Cpu).TotalMilliseconds * 1000 / (OpenAtOnce * Waves):F0} us a connection");
        }
        while (growth[^1] > 5 && growth.Count < Rounds);

        Assert.InRange(growth[^1], double.MinValue, 5);
        await Eventually.HoldsAsync(
            () => proxy.Figures.Descriptors <= descriptors, () => $"descriptors are back at {descriptors}: {proxy.Figures}");

        // On a busy machine a connect can take so long that the secondary is tried as well and wins: each connection has one of the two.
        Assert.Equal(
            OpenAtOnce * (warmUp + (Waves * growth.Count)), await proxy.EndedAsync("primary") + await proxy.EndedAsync("secondary"));
        proxy.ExpectCleanLog();
    }

    /// <summary>
    /// Until code is compiled and pools are filled: two rounds in a row that add less than a megabyte. Returns the waves it took.
    /// </summary>
    private static async Task<int> WarmUpAsync(ProxyProcess proxy)
    {
        var steady = 0;
        var round = 0;
        for (; round < WarmUpRounds && steady < 2; round++)
        {
            var before = proxy.Figures.ResidentBytes;
            await OpenAndCloseAsync(proxy, WavesARound);
            steady = proxy.Figures.ResidentBytes - before < Megabyte ? steady + 1 : 0;
        }

        return round * WavesARound;
    }

    private static async Task OpenAndCloseAsync(ProxyProcess proxy, int waves)
    {
        for (var wave = 0; wave < waves; wave++)
        {
            var clients = await Task.WhenAll(Enumerable.Range(0, OpenAtOnce).Select(_ => EchoClient.ConnectAsync(proxy.Port)));
            await Task.WhenAll(clients.Select(client => client.ExchangeAsync()));
            await Task.WhenAll(clients.Select(client => client.FinishAsync()));
            Array.ForEach(clients, client => client.Dispose());
        }

        await proxy.IsIdleAsync();
    }
}
