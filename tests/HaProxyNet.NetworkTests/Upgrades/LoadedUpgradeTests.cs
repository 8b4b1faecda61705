using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.Upgrades;

/// <summary>
/// A new process takes over while clients work: nothing is refused, reset or changed, and no counter goes back; and the same where the new
/// process crashes at a step of the talk. With <c>HAPROXYNET_TEST_FULL=1</c> a hundred upgrades under 2,000 connections and 300 new ones a
/// second (HAPROXYNET_TEST_UPGRADES: another number of upgrades), else three under fewer. Times are printed, and not judged: this machine
/// may be busy.
/// </summary>
public sealed partial class LoadedUpgradeTests(ITestOutputHelper output)
{
    private static readonly int _upgrades =
        int.TryParse(Environment.GetEnvironmentVariable("HAPROXYNET_TEST_UPGRADES"), CultureInfo.InvariantCulture, out var asked)
            ? asked
        : Requirement.IsFullForm ? 100
        : 3;

    private static readonly int _idle = Requirement.IsFullForm ? 1_800 : 60;
    private static readonly int _streams = Requirement.IsFullForm ? 200 : 16;
    private static readonly int _rate = Requirement.IsFullForm ? 300 : 40;
    private static readonly TimeSpan _pace = TimeSpan.FromMilliseconds(Requirement.IsFullForm ? 10 : 20);

    /// <summary>Where new processes fail, one after the other.</summary>
    private static readonly string[] _crashes = Requirement.IsFullForm
        ?
        [
            "Start", "Start-lie", "Offer", "Metrics", "Metrics-hang", "Relays", "Relays-hang", "State",
            "State-hang", "Prepare", "Prepare-hang", "Changed", "Changed-hang", "Commit", "Commit-hang",
        ]
        : ["Relays", "Changed", "Commit"];

    private readonly List<TimeSpan> _standing = [];
    private readonly List<TimeSpan> _trips = [];
    private readonly List<TimeSpan> _usual = [];
    private readonly List<TimeSpan> _ends = [];

    [Fact]
    public async Task Upgrade_UnderLoad_NothingIsRefusedResetOrChanged()
    {
        using var primary = new EchoServer();
        using var secondary = new EchoServer();
        using var steps = new ScratchFolder();
        var setup = new ProxySetup("Reactor", ("primary", primary.Address), ("secondary", secondary.Address))
        {
            PassedPort = FreePorts.Next(),
            HedgeAfter = TimeSpan.Zero,
            MoreEnvironment = new Dictionary<string, string> { ["HAPROXYNET_SABOTEUR"] = steps.File("step") },
        };
        await using var proxy = await UpgradedProxy.StartAsync(setup);
        var idle = await ConnectAsync(setup, _idle);
        var streams = (await ConnectAsync(setup, _streams)).Select(client => StreamingClient.Start(client, _pace)).ToList();
        var load = ConnectionLoad.Start(setup.Port, _rate);

        var counters = new CounterSeries(await CountAsync(proxy.First));
        for (var upgrade = 0; upgrade < _upgrades; upgrade++)
        {
            var (crash, rest) = Math.DivRem(upgrade, Math.Max(1, _upgrades / _crashes.Length));
            if (rest == 0 && crash < _crashes.Length)
            {
                steps.Write("step", _crashes[crash]);
                await FailAsync(proxy.First, _crashes[crash]);
            }

            _usual.AddRange(streams.Select(stream => stream.TakeLongest()));
            await UpgradeAsync(proxy);
            _trips.AddRange(streams.Select(stream => stream.TakeLongest()));
            var now = new CounterSeries(await CountAsync(proxy.First));
            Assert.Empty(now.FallenSince(counters));
            counters = now;
        }

        var reached = await load.FinishAsync();
        Assert.Empty(load.Failures);
        await Task.WhenAll(streams.Select(stream => stream.FinishAsync()));
        foreach (var client in idle)
        {
            await client.ExchangeAsync();
            await client.FinishAsync();
            client.Dispose();
        }

        var all = idle.Length + streams.Count + load.Times.Count;
        await Eventually.HoldsAsync(
            async () => (await CountAsync(proxy.First)).Sum("connections_total") == all,
            () => $"{all} connections have ended and are counted");
        output.WriteLine(
            $"{_upgrades} upgrades, {_crashes.Length} new processes that failed; {idle.Length} quiet connections, {streams.Count} streams, "
            + $"{load.Times.Count} short ones at {reached:0} a second; 0 refused, 0 reset, {streams.Sum(s => s.Received)} bytes came back "
            + $"and 0 differ; {counters.Count} series, none went back");
        output.WriteLine($"stood still, as the proxy says:       {new Spread(_standing)}");
        output.WriteLine($"longest trip of a stream, upgrade:    {new Spread(_trips)}");
        output.WriteLine($"the same between upgrades:            {new Spread(_usual)}");
        output.WriteLine($"short connection, connect to end:     {new Spread(load.Times)}");
        output.WriteLine($"old process gone after:               {new Spread(_ends)}");
        streams.ForEach(stream => stream.Dispose());
        proxy.First.ExpectCleanLog();
    }

    /// <summary>Half of them plain, half of them with TLS that is passed through.</summary>
    private static async Task<EchoClient[]> ConnectAsync(ProxySetup setup, int count)
    {
        var hello = await ClientHello.MakeAsync("iqservice.corp.example");
        return await Task.WhenAll(Enumerable.Range(0, count).Select(async index =>
        {
            var client = await EchoClient.ConnectAsync(index % 2 == 0 ? setup.Port : setup.PassedPort);
            if (index % 2 != 0)
            {
                await client.Socket.SendAsync(hello);
                await client.ExpectAsync(hello);
            }

            await client.ExchangeAsync();
            return client;
        }));
    }

    private static async Task FailAsync(ProxyProcess proxy, string step)
    {
        var answer = await proxy.CommandAsync("upgrade", "--binary", BuildOutput.Saboteur);
        Assert.True(answer.ExitCode == 1, $"{step}: {answer.Output}");
        Assert.Contains("nothing has changed", answer.Output, StringComparison.Ordinal);
    }

    private async Task UpgradeAsync(UpgradedProxy proxy)
    {
        var before = proxy.Serving;
        var answer = await proxy.UpgradeAndLeaveAsync();
        var serves = Stopwatch.GetTimestamp();
        await proxy.HasGoneAsync(before);
        _ends.Add(Stopwatch.GetElapsedTime(serves));
        _standing.Add(TimeSpan.FromMilliseconds(double.Parse(Pause().Match(answer).Groups["ms"].Value, CultureInfo.InvariantCulture)));
    }

    private static async Task<MetricsReading> CountAsync(ProxyProcess proxy)
    {
        MetricsReading? reading = null;
        await Eventually.HoldsAsync(
            async () =>
            {
                try
                {
                    reading = await proxy.MetricsAsync();
                    return true;
                }
                catch (HttpRequestException)
                {
                    // The admin endpoint goes from one process to the other a moment after the connections.
                    return false;
                }
            },
            () => "the metrics can be read");
        return reading!;
    }

    [GeneratedRegex(@"stood still for (?<ms>[0-9.]+) ms", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Pause();
}
