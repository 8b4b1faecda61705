using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.HighAvailability;

/// <summary>A node that goes without a word: its proxy is killed, or its cable is cut.</summary>
public sealed class OutageTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(Engines.Reactor, 1_000)]
    [InlineData(Engines.Managed, 1_000)]
    [InlineData(Engines.Reactor, 100)]
    public async Task Killed_OtherNodeServes(string engine, int advert)
    {
        await using var pair = await NodePair.StartAsync(engine, TimeSpan.FromMilliseconds(advert));
        var master = await pair.MasterAsync();

        var report = await LoadedPair.WhileAsync(pair, "quick", async () =>
        {
            await master.KillProxyAsync();
            await LoadedPair.IsMasterAsync(pair, pair.Other(master));
        });

        output.WriteLine(LoadedPair.Line($"{engine}, advert {advert} ms: proxy killed", report));
        LoadedPair.ExpectSome(report);
    }

    [Theory]
    [InlineData(Engines.Reactor, 1_000)]
    [InlineData(Engines.Managed, 1_000)]
    [InlineData(Engines.Reactor, 100)]
    public async Task CableCut_OtherNodeServes(string engine, int advert)
    {
        await using var pair = await NodePair.StartAsync(engine, TimeSpan.FromMilliseconds(advert));
        var master = await pair.MasterAsync();

        var report = await LoadedPair.WhileAsync(pair, "quick", async () =>
        {
            await master.Host.UnplugAsync();
            await Eventually.HoldsAsync(pair.Other(master).HasAddressAsync, () => "the other node has the address");
        });

        output.WriteLine(LoadedPair.Line($"{engine}, advert {advert} ms: cable cut", report));
        LoadedPair.ExpectSome(report);
    }
}
