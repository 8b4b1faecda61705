using System.Diagnostics;
using System.Text.Json;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>
/// kill -9 at any moment, again and again, 6 times as a rule and 200 times with HAPROXYNET_TEST_FULL=1: the history opens each time, has
/// lost a second at the most, and its figures agree with what the client knows.
/// </summary>
[Collection<Alone>]
public sealed class HistoryKillTests(ITestOutputHelper output)
{
    private static readonly int _kills = Requirement.IsFullForm ? 200 : 6;

    /// <summary>A second is what may be lost; the rest is for a machine that is busy.</summary>
    private static readonly TimeSpan _mayBeLost = TimeSpan.FromSeconds(3);

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task KilledAtAnyMoment_TheHistoryOpensAndAgreesWithTheClient(string engine)
    {
        var random = new Random(7);
        using var agent = new EchoServer();
        using var setup = new ProxySetup(engine, ("primary", agent.Address)) { OutlivesProxy = true };
        var (least, most, longest) = (0L, 0L, TimeSpan.Zero);
        for (var kill = 0; kill < _kills; kill++)
        {
            await using var proxy = await ProxyProcess.StartAsync(setup);
            var (began, ends) = (Stopwatch.GetTimestamp(), new List<TimeSpan>());
            var life = TimeSpan.FromMilliseconds(random.Next(10, 5000));
            while (Stopwatch.GetElapsedTime(began) < life)
            {
                using var client = await EchoClient.ConnectAsync(setup.Port);
                await client.ExchangeAsync();
                await client.FinishAsync();
                ends.Add(Stopwatch.GetElapsedTime(began));
            }

            var killed = Stopwatch.GetElapsedTime(began);
            await proxy.KillAsync();
            least += ends.Count(end => killed - end > _mayBeLost);
            most += ends.Count;
            proxy.ExpectCleanLog();
        }

        var restarted = DateTimeOffset.UtcNow;
        await using var last = await ProxyProcess.StartAsync(setup);
        using var history = await ReadAsync(setup, restarted);
        var records = history.RootElement.GetProperty("records").EnumerateArray().ToList();
        var known = records.Where(r => r.TryGetProperty("minute", out _))
            .SelectMany(r => r.GetProperty("minute").GetProperty("destinations").EnumerateArray())
            .Sum(d => d.TryGetProperty("connected", out var connected) ? connected.GetInt64() : 0);
        var starts = records.Count(r => r.TryGetProperty("event", out var e) && e.GetProperty("kind").GetString() is "proxy_started");

        output.WriteLine($"{engine}: {_kills} kills, {most} calls, {known} in the history, at least {least} were more "
            + $"than {_mayBeLost.TotalSeconds} s old");
        Assert.InRange(known, least, most);
        Assert.InRange(starts, _kills / 2, _kills + 1);
        Assert.False(history.RootElement.TryGetProperty("unreadable", out _));
        Assert.DoesNotContain(last.Lines, line => line.Contains("not as they were written", StringComparison.Ordinal));
    }

    /// <summary>The history, once the last start of the proxy is in it.</summary>
    private static async Task<JsonDocument> ReadAsync(ProxySetup setup, DateTimeOffset started)
    {
        using var http = new HttpClient();
        while (true)
        {
            var text = "";
            await Eventually.HoldsAsync(
                async () => (text = await http.GetStringAsync(new Uri(setup.AdminUrl, "api/v1/history"))).Contains(
                    "proxy_started", StringComparison.Ordinal), () => text);
            var history = JsonDocument.Parse(text);
            if (history.RootElement.GetProperty("records").EnumerateArray()
                .Any(r => r.TryGetProperty("event", out _) && r.GetProperty("at").GetDateTimeOffset() >= started))
            {
                return history;
            }

            history.Dispose();
        }
    }
}
