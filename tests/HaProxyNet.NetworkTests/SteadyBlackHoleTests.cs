using System.Globalization;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>
/// 100 RPCs a second, whatever the replies do, while the primary's packets are dropped, with all settings as by default. None may fail, and
/// only those of the first hedge's time may wait. How long they waited, by the proxy's own clock, is printed, and judged in the full form
/// alone: this machine may be busy.
/// </summary>
[Collection<Alone>]
public sealed class SteadyBlackHoleTests(ITestOutputHelper output)
{
    private const int Rate = 100;

    /// <summary>Enough for HedgeAfter Auto to know how soon the primary answers.</summary>
    private const int Before = 10 * Rate;
    private const int Meanwhile = 10 * Rate;

    /// <summary>40 are due in 400 ms; the rest is for a machine that has other things to do at that moment.</summary>
    private const int MostThatWait = 2 * Rate;

    /// <summary>The longest wait that the full form allows.</summary>
    private const double MostMilliseconds = 60;

    private static readonly TimeSpan _clientsPatience = TimeSpan.FromMinutes(10);

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Primary_PacketsAreDroppedUnderLoad_NoneFailsAndOnlyTheFirstWait(string engine)
    {
        await using var network = await TwoNamespaces.CreateAsync();
        var curl = Requirement.Command("curl");
        using var folder = new ScratchFolder();
        await using var primary = new IqAgent("primary", folder, network.Far) { Host = TwoNamespaces.FarAddress };
        await using var secondary = new IqAgent("secondary", folder, network.Near);
        await Task.WhenAll(primary.StartAsync(), secondary.StartAsync());
        await using var proxy = await ProxyProcess.StartAsync(new(engine, ("primary", primary.Address), ("secondary", secondary.Address))
        {
            HoldDown = null,
            LogsConnections = true,
            Prefix = network.Near,
            Fetch = [.. network.Near, curl, "-sf", "--max-time", "30"],
        });
        await using var client = IqClient.Start(proxy.Port, Rate, _clientsPatience, [primary, secondary], network.Near);

        await ServesAsync(proxy, "primary", Before);
        await network.DropAsync(primary.Port);
        await ServesAsync(proxy, "secondary", Meanwhile);
        await network.LetPassAsync();
        var passesAgain = DateTimeOffset.UtcNow;
        await proxy.IsActiveAsync("primary");
        var back =
            DateTimeOffset.FromUnixTimeMilliseconds((long)((await proxy.MetricsAsync()).Sum("last_failover_timestamp_seconds") * 1000));
        await ServesAsync(proxy, "primary", Before);
        client.Send(Signal.Terminate);
        var report = await client.ReportAsync();
        var metrics = await proxy.MetricsAsync();
        await proxy.TerminateAsync();

        var lines = Pairs.In(proxy.Lines, "outcome");
        output.WriteLine($"{engine}: {report.Line}");
        Print(engine, lines, "hedge");
        Print(engine, lines, "preferred_suspect");
        Print(engine, lines, "preferred_down");
        output.WriteLine(
            $"{engine}: primary used again {(back - passesAgain).TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture)} ms after "
                + "its packets passed again");
        ExpectNothingFailed(report);
        Assert.True(
            !Requirement.IsFullForm || lines.Max(line => line.Number("connect_ms")) <= MostMilliseconds,
            $"a client waited for more than {MostMilliseconds} ms");
        ExpectOnlyTheFirstWaited(lines, metrics);
        Assert.Equal(1, metrics.Sum("failovers_total", ("from", "primary"), ("to", "secondary"), ("reason", "timeout")));
        Assert.Equal(1, metrics.Sum("failovers_total", ("from", "secondary"), ("to", "primary")));
        proxy.ExpectCleanLog();
    }

    private static void ExpectNothingFailed(Pairs report)
        => Assert.Equal((0, 0, 0), (report.Count("failed"), report.Count("duplicates"), report.Count("unexecuted")));

    private static void ExpectOnlyTheFirstWaited(IReadOnlyList<Pairs> lines, MetricsReading metrics)
    {
        var hedged = lines.Where(line => line["reason"] == "hedge").ToList();
        Assert.InRange(hedged.Count, 1, MostThatWait);
        Assert.Equal(hedged.Count, metrics.Sum("fall_throughs_total", ("reason", "hedge")));
        Assert.All(hedged, line => Assert.Equal(("secondary", "2"), (line["destination"], line["attempts"])));
        Assert.All(
            lines.Where(line => line["reason"].StartsWith("preferred", StringComparison.Ordinal)),
            line => Assert.Equal("1", line["attempts"]));
    }

    private static async Task ServesAsync(ProxyProcess proxy, string destination, int rpcs)
    {
        var before = await proxy.EndedAsync(destination);
        await Eventually.HoldsAsync(
            async () => await proxy.EndedAsync(destination) >= before + rpcs, () => $"{destination} serves",
            TimeSpan.FromMilliseconds(250));
    }

    private void Print(string engine, IReadOnlyList<Pairs> lines, string reason)
    {
        var waits = lines.Where(line => line["reason"] == reason).Select(line => line.Number("connect_ms")).Order().ToList();
        output.WriteLine(waits.Count == 0
            ? $"{engine}: {reason}: none"
            : $"{engine}: {reason}: {waits.Count} connections, connect_ms median {waits[waits.Count / 2]:F3}, worst {waits[^1]:F3}");
    }
}
