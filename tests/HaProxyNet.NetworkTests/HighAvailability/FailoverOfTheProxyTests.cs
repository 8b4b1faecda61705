using System.Globalization;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.HighAvailability;

/// <summary>
/// samples/HighAvailability under 100 RPCs a second: what a failover of the proxy itself costs. Printed for each: failed RPCs, the time
/// until the address served again (failed RPCs by their rate), the longest wait. Asserted: nothing is executed twice, and what is planned
/// cuts nothing.
/// </summary>
public sealed class FailoverOfTheProxyTests(ITestOutputHelper output)
{
    private const int Rate = 100;
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    /// <summary>What a busy machine may add: the figures that count are printed.</summary>
    private const int MostThatFail = 20 * Rate;

    [Theory]
    [InlineData(Engines.Reactor, 1_000)]
    [InlineData(Engines.Managed, 1_000)]
    [InlineData(Engines.Reactor, 100)]
    public async Task Killed_OtherNodeServes(string engine, int advert)
    {
        await using var pair = await NodePair.StartAsync(engine, TimeSpan.FromMilliseconds(advert));
        var master = await pair.MasterAsync();

        var report = await WhileAsync(pair, "quick", async () =>
        {
            await master.KillProxyAsync();
            await IsMasterAsync(pair, pair.Other(master));
        });

        Print($"{engine}, advert {advert} ms: proxy killed", report);
        ExpectSome(report);
    }

    [Theory]
    [InlineData(Engines.Reactor, 1_000)]
    [InlineData(Engines.Managed, 1_000)]
    [InlineData(Engines.Reactor, 100)]
    public async Task CableCut_OtherNodeServes(string engine, int advert)
    {
        await using var pair = await NodePair.StartAsync(engine, TimeSpan.FromMilliseconds(advert));
        var master = await pair.MasterAsync();

        var report = await WhileAsync(pair, "quick", async () =>
        {
            await master.Host.UnplugAsync();
            await Eventually.HoldsAsync(pair.Other(master).HasAddressAsync, () => "the other node has the address");
        });

        Print($"{engine}, advert {advert} ms: cable cut", report);
        ExpectSome(report);
    }

    /// <summary>The script waits for what is open; clients' SYNs wait meanwhile, and are answered by the other node.</summary>
    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task MovedAway_NothingIsRefusedOrCut(string engine)
    {
        await using var pair = await NodePair.StartAsync(engine, _second);
        var master = await pair.MasterAsync();

        var report = await WhileAsync(pair, "brisk", async () =>
        {
            await master.MoveAwayAsync();
            await IsMasterAsync(pair, pair.Other(master));
            await master.BeCandidateAgainAsync();
        });

        Print($"{engine}: moved away", report);
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
        await using var pair = await NodePair.StartAsync(Engines.Reactor, _second);
        var master = await pair.MasterAsync();

        var report = await WhileAsync(pair, "brisk", master.UpgradeProxyAsync);

        Print($"{Engines.Reactor}: upgraded", report);
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
        await using var pair = await NodePair.StartAsync(engine, _second);
        var master = await pair.MasterAsync();

        var report = await WhileAsync(pair, "quick", master.TerminateProxyAsync);

        Print($"{engine}: SIGTERM with ShutdownDelay", report);
        Assert.InRange(report.Count("failed"), 0, Rate);
        Assert.Same(pair.Other(master), await pair.MasterAsync());
        Assert.Equal(0, report.Count("duplicates"));
    }

    /// <summary>A check that counts as a fault would take the address from both nodes; a weight leaves it where it is.</summary>
    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task BothAgentsAway_OneNodeKeepsTheAddressAndServesAsSoonAsAnAgentIsBack(string engine)
    {
        await using var pair = await NodePair.StartAsync(engine, _second);
        await pair.MasterAsync();

        var report = await WhileAsync(pair, "quick", async () =>
        {
            await Task.WhenAll(pair.Agents.Select(agent => agent.StopAsync()));
            for (var look = 0; look < 5; look++)
            {
                await Task.Delay(_second);
                await pair.MasterAsync();
            }

            await pair.Agents[1].StartAsync();
        });

        Print($"{engine}: both agents away for about 6 s", report);
        ExpectSome(report);
    }

    /// <summary>
    /// The nodes do not hear each other, and both take the address. Both serve, for neither keeps state that the other must know; then one
    /// gives it back.
    /// </summary>
    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task SplitBrain_BothServeAndOneGivesTheAddressBack(string engine)
    {
        await using var pair = await NodePair.StartAsync(engine, _second);
        var backup = pair.Other(await pair.MasterAsync());

        var report = await WhileAsync(pair, "quick", async () =>
        {
            await Task.WhenAll(pair.Nodes.Select(node => node.Host.IgnoreAsync("ip", "protocol", "vrrp")));
            await Eventually.HoldsAsync(backup.HasAddressAsync, () => "both nodes have the address");
            Assert.All(await Task.WhenAll(pair.Nodes.Select(node => node.HasAddressAsync())), Assert.True);
            await Task.Delay(_second);
            await Task.WhenAll(pair.Nodes.Select(node => node.Host.ReappearAsync()));
            await pair.MasterAsync();
        });

        Print($"{engine}: split brain, and its end", report);
        ExpectSome(report);
    }

    /// <summary>Runs something under load, from two seconds before it to three seconds behind it.</summary>
    private static async Task<Pairs> WhileAsync(NodePair pair, string workload, Func<Task> happens)
    {
        await using var client = pair.StartClient(Rate, workload);
        await HasServedAsync(client, 2 * Rate);
        await happens();
        await HasServedAsync(client, Served(client) + (3 * Rate));
        client.Send(Signal.Terminate);
        return await client.ReportAsync();
    }

    private static Task HasServedAsync(IqClient client, long count)
        => Eventually.HoldsAsync(() => Served(client) >= count, () => $"{count} RPCs were served:\n{client.Text}");

    private static long Served(IqClient client) => Pairs.In(client.Lines, "ok") is [.., var last] ? last.Count("ok") : 0;

    private static async Task IsMasterAsync(NodePair pair, Node node)
    {
        await Eventually.HoldsAsync(
            node.HasAddressAsync, () => $"{node.Host.Name} has the address:\n{node.Describe()}", TimeSpan.FromMilliseconds(20));
        Assert.Same(node, await pair.MasterAsync());
    }

    private static void ExpectSome(Pairs report)
    {
        Assert.Equal(0, report.Count("duplicates"));
        Assert.InRange(report.Count("failed"), 0, MostThatFail);
    }

    private void Print(string what, Pairs report) => output.WriteLine(
        $"{what}: failed={report["failed"]} repeated={report["duplicates"]} served_again_after_s="
            + $"{((double)report.Count("failed") / Rate).ToString("F1", CultureInfo.InvariantCulture)} ({report.Line})");
}
