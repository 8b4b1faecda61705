using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.HighAvailability;

/// <summary>What an operator plans cuts nothing: a move of the address, an upgrade, SIGTERM.</summary>
public sealed class PlannedMoveTests(ITestOutputHelper output)
{
    /// <summary>The script waits for what is open; clients' SYNs wait meanwhile, and are answered by the other node.</summary>
    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task MovedAway_NothingIsRefusedOrCut(string engine)
    {
        await using var pair = await NodePair.StartAsync(engine, LoadedPair.Second);
        var master = await pair.MasterAsync();

        var report = await LoadedPair.WhileAsync(pair, "brisk", async () =>
        {
            await master.MoveAwayAsync();
            await LoadedPair.IsMasterAsync(pair, pair.Other(master));
            await master.BeCandidateAgainAsync();
        });

        output.WriteLine(LoadedPair.Line($"{engine}: moved away", report));
        Assert.Equal(0, report.Count("failed"));
        Assert.Equal(0, report.Count("duplicates"));

        // Equal priorities: the address stays where it is when the node is a candidate again.
        Assert.Same(pair.Other(master), await pair.MasterAsync());
        await master.TerminateProxyAsync();
    }

    /// <summary>A new version on the node that has the address: the address stays, and open requests go on in the new process.</summary>
    [Fact]
    public async Task Upgraded_TheAddressStaysAndNothingIsRefusedOrCut()
    {
        await using var pair = await NodePair.StartAsync(Engines.Reactor, LoadedPair.Second);
        var master = await pair.MasterAsync();

        var report = await LoadedPair.WhileAsync(pair, "brisk", master.UpgradeProxyAsync);

        output.WriteLine(LoadedPair.Line($"{Engines.Reactor}: upgraded", report));
        Assert.True(report.Count("failed") == 0, $"Nothing is refused or cut.\n{master.Describe()}");
        Assert.Equal(0, report.Count("duplicates"));
        Assert.Same(master, await pair.MasterAsync());
    }

    /// <summary>
    /// SIGTERM alone: the proxy serves on while the address moves; what is open at that moment is cut, for the address is its connections'
    /// end.
    /// </summary>
    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Terminated_ServesUntilTheAddressHasMoved(string engine)
    {
        await using var pair = await NodePair.StartAsync(engine, LoadedPair.Second);
        var master = await pair.MasterAsync();

        var report = await LoadedPair.WhileAsync(pair, "quick", master.TerminateProxyAsync);

        output.WriteLine(LoadedPair.Line($"{engine}: SIGTERM with ShutdownDelay", report));
        Assert.InRange(report.Count("failed"), 0, LoadedPair.Rate);
        Assert.Same(pair.Other(master), await pair.MasterAsync());
        Assert.Equal(0, report.Count("duplicates"));
    }
}
