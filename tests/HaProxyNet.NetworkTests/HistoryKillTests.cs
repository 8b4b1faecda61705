using System.Text.Json;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>
/// kill -9 at any moment, again and again, 6 times as a rule and 200 times with HAPROXYNET_TEST_FULL=1: the history opens each time, and
/// has all that it said before it was killed. What it says it has written, so it is asked right before: that needs no clock.
/// </summary>
[Collection<Alone>]
public sealed class HistoryKillTests(ITestOutputHelper output)
{
    private static readonly int _kills = Requirement.IsFullForm ? 200 : 6;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task KilledAtAnyMoment_TheHistoryHasAllThatItSaid(string engine)
    {
        var random = new Random(7);
        using var agent = new EchoServer();
        using var setup = new ProxySetup(engine, ("primary", agent.Address)) { OutlivesProxy = true };
        var (calls, said, starts) = (0L, 0L, 0);
        for (var kill = 0; kill < _kills; kill++)
        {
            await using var proxy = await ProxyProcess.StartAsync(setup);
            said = await ExpectAsync(setup, said, calls);
            var (before, made) = (said, calls);
            for (var left = random.Next(1, 400); left > 0; left--, calls++)
            {
                await CallAsync(setup.Port);
            }

            // Every other time all calls of this life are in it; else it is killed while it writes of them.
            if (kill % 2 == 0)
            {
                await Eventually.HoldsAsync(
                    async () => await ExpectAsync(setup, before, calls) == before + calls - made,
                    () => $"{calls - made} calls more are in the history");
            }

            said = await ExpectAsync(setup, said, calls);
            await proxy.KillAsync();
            proxy.ExpectCleanLog();
            starts += kill % 2 == 0 ? 1 : 0;
        }

        await using var last = await ProxyProcess.StartAsync(setup);
        using var history = await ReadAsync(setup);
        var known = ConnectedOf(history);
        output.WriteLine($"{engine}: {_kills} kills, {calls} calls, {known} in the history, {said} when it was asked last");
        Assert.InRange(known, said, calls);
        Assert.InRange(Records(history).Count(IsStart), starts, _kills + 1);
        Assert.False(history.RootElement.TryGetProperty("unreadable", out _));
        Assert.DoesNotContain(last.Lines, line => line.Contains("not as they were written", StringComparison.Ordinal));
    }

    /// <summary>How many calls the history has: never fewer than it had, never more than there were.</summary>
    private static async Task<long> ExpectAsync(ProxySetup setup, long before, long calls)
    {
        using var history = await ReadAsync(setup);
        var now = ConnectedOf(history);
        Assert.InRange(now, before, calls);
        return now;
    }

    private static async Task CallAsync(int port)
    {
        using var client = await EchoClient.ConnectAsync(port);
        await client.ExchangeAsync();
        await client.FinishAsync();
    }

    private static async Task<JsonDocument> ReadAsync(ProxySetup setup)
    {
        using var http = new HttpClient();
        return JsonDocument.Parse(await http.GetStringAsync(new Uri(setup.AdminUrl, "api/v1/history")));
    }

    private static JsonElement[] Records(JsonDocument history) => [.. history.RootElement.GetProperty("records").EnumerateArray()];

    private static long ConnectedOf(JsonDocument history) => Records(history)
        .Where(r => r.TryGetProperty("minute", out _))
        .SelectMany(r => r.GetProperty("minute").GetProperty("destinations").EnumerateArray())
        .Sum(d => d.TryGetProperty("connected", out var connected) ? connected.GetInt64() : 0);

    private static bool IsStart(JsonElement record)
        => record.TryGetProperty("event", out var e) && e.GetProperty("kind").GetString() is "proxy_started";
}
