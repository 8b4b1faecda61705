using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.HighAvailability;

/// <summary>Trouble that both nodes have: no agent is there, or neither node hears the other.</summary>
public sealed class SharedTroubleTests(ITestOutputHelper output)
{
    /// <summary>A check that counts as a fault would take the address from both nodes; a weight leaves it where it is.</summary>
    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task BothAgentsAway_OneNodeKeepsTheAddressAndServesAsSoonAsAnAgentIsBack(string engine)
    {
        await using var pair = await NodePair.StartAsync(engine, LoadedPair.Second);
        await pair.MasterAsync();

        var report = await LoadedPair.WhileAsync(pair, "quick", async () =>
        {
            await Task.WhenAll(pair.Agents.Select(agent => agent.StopAsync()));
            for (var look = 0; look < 5; look++)
            {
                await Task.Delay(LoadedPair.Second);
                await pair.MasterAsync();
            }

            await pair.Agents[1].StartAsync();
        });

        output.WriteLine(LoadedPair.Line($"{engine}: both agents away for about 6 s", report));
        LoadedPair.ExpectSome(report);
    }

    /// <summary>
    /// The nodes do not hear each other, and both take the address. Both serve, for neither keeps state that the other must know; then one
    /// gives it back.
    /// </summary>
    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task SplitBrain_BothServeAndOneGivesTheAddressBack(string engine)
    {
        await using var pair = await NodePair.StartAsync(engine, LoadedPair.Second);
        var backup = pair.Other(await pair.MasterAsync());

        var report = await LoadedPair.WhileAsync(pair, "quick", async () =>
        {
            await Task.WhenAll(pair.Nodes.Select(node => node.Host.IgnoreAsync("ip", "protocol", "vrrp")));
            await Eventually.HoldsAsync(backup.HasAddressAsync, () => "both nodes have the address");
            Assert.All(await Task.WhenAll(pair.Nodes.Select(node => node.HasAddressAsync())), Assert.True);
            await Task.Delay(LoadedPair.Second);
            await Task.WhenAll(pair.Nodes.Select(node => node.Host.ReappearAsync()));

            // Their priorities are equal, so the higher address keeps it (RFC 9568, 6.4.3).
            Assert.Same(pair.Nodes[1], await pair.MasterAsync());
        });

        output.WriteLine(LoadedPair.Line($"{engine}: split brain, and its end", report));
        LoadedPair.ExpectSome(report);
    }
}
