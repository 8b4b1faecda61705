using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>The disk has no room for what the proxy keeps: it serves, says so once for each file, and goes on when there is room.</summary>
public sealed class FullDiskTests
{
    private const string HistoryFails = "The history cannot be written to";
    private const string HistoryWorks = "The history is written again to";
    private const string CountersFail = "state.counters cannot be written";
    private const string StickyFails = "state.sticky cannot be written";
    private const string HoldsUntilRestart = "this holds only until the proxy restarts";

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task FullFromTheStart_ServesAndGoesOnWhenThereIsRoom(string engine)
    {
        using var primary = new EchoServer();
        using var secondary = new EchoServer();
        using var setup = Setup(engine, primary, secondary);
        await using var disk = await TinyDisk.UnderAsync(setup);
        disk.Fill();
        await using (var proxy = await ProxyProcess.StartAsync(setup))
        {
            await proxy.HasWrittenAsync(HistoryFails);
            await CallAsync(setup.Port);
            var drain = await proxy.CommandAsync(disk.Prefix, ["drain", "pair/secondary"]);
            Assert.Contains(HoldsUntilRestart, drain.Output, StringComparison.Ordinal);

            disk.Free();
            await proxy.HasWrittenAsync(HistoryWorks);
            var enable = await proxy.CommandAsync(disk.Prefix, ["enable", "pair/secondary"]);
            Assert.DoesNotContain(HoldsUntilRestart, enable.Output, StringComparison.Ordinal);
            await CallAsync(setup.Port);
            Assert.Equal(0, await proxy.TerminateAsync());

            ExpectOnce(proxy, HistoryFails, CountersFail);
            proxy.ExpectCleanLog();
        }

        await using var next = await ProxyProcess.StartAsync(setup);
        Assert.Equal(2, await CompletedAsync(next));
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task FullWhileItRunsAndWhenItEnds_EndsInOrderAndStartsAgain(string engine)
    {
        using var primary = new EchoServer();
        using var secondary = new EchoServer();
        using var setup = Setup(engine, primary, secondary);
        await using var disk = await TinyDisk.UnderAsync(setup);
        await using (var proxy = await ProxyProcess.StartAsync(setup))
        {
            await CallAsync(setup.Port);
            disk.Fill();
            await Eventually.HoldsAsync(
                async () =>
                {
                    await CallAsync(setup.Port);
                    return proxy.Wrote(HistoryFails);
                },
                () => "the history's trouble is said");
            Assert.Equal(0, await proxy.TerminateAsync());

            ExpectOnce(proxy, HistoryFails, CountersFail, StickyFails);
            proxy.ExpectCleanLog();
        }

        disk.Free();
        await using var next = await ProxyProcess.StartAsync(setup);
        Assert.Equal(0, await CompletedAsync(next));
        await CallAsync(setup.Port);
        Assert.Equal(0, await next.TerminateAsync());
        Assert.DoesNotContain(next.Lines, line => line.Contains("cannot be written", StringComparison.Ordinal));
        next.ExpectCleanLog();
    }

    /// <summary>ulimit -f: the system sends a signal that ends a program, and .NET calls the write an argument out of range.</summary>
    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task NoFileMayGrow_ServesSaysSoAndEndsInOrder(string engine)
    {
        using var primary = new EchoServer();
        using var secondary = new EchoServer();
        using var setup = Setup(engine, primary, secondary);
        await using var proxy = await ProxyProcess.StartAsync(setup);
        await CallAsync(setup.Port);
        var prlimit = Requirement.Command("prlimit", "util-linux");
        (await CommandResult.OfAsync(prlimit, "--pid", $"{proxy.Id}", "--fsize=0:0")).ExpectSuccess("the limit");

        var drain = await proxy.CommandAsync("drain", "pair/secondary");

        Assert.Contains(HoldsUntilRestart, drain.Output, StringComparison.Ordinal);
        Assert.Contains("has reached the size that this process may write", drain.Output, StringComparison.Ordinal);
        await Eventually.HoldsAsync(
            async () =>
            {
                await CallAsync(setup.Port);
                return proxy.Wrote(HistoryFails);
            },
            () => "the history's trouble is said");
        Assert.Equal(0, await proxy.TerminateAsync());
        proxy.ExpectCleanLog();
    }

    private static ProxySetup Setup(string engine, EchoServer primary, EchoServer secondary)
        => new(engine, ("primary", primary.Address), ("secondary", secondary.Address))
        {
            OutlivesProxy = true,
            MoreEnvironment = new Dictionary<string, string> { ["HAPROXYNET__Clusters__pair__Policy"] = "SourceAddress" },
        };

    private static async Task<double> CompletedAsync(ProxyProcess proxy)
        => (await proxy.MetricsAsync()).Sum("connections_total", ("outcome", "completed"));

    private static void ExpectOnce(ProxyProcess proxy, params string[] warnings)
        => Assert.All(warnings, warning => Assert.Single(proxy.Lines, line => line.Contains(warning, StringComparison.Ordinal)));

    private static async Task CallAsync(int port)
    {
        using var client = await EchoClient.ConnectAsync(port);
        await client.ExchangeAsync();
        await client.FinishAsync();
    }
}
