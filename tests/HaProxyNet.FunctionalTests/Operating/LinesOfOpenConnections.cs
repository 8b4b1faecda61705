using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Operating;

/// <summary>A listener that asks for it has a line at the start of a connection, and some while it lasts.</summary>
public sealed class LinesOfOpenConnections : Scenario
{
    [Theory, ClassData<Engines>]
    public async Task AtStart_LineSaysWhereItWentBeforeItEnds(EngineKind engine)
    {
        await StartAsync(engine, With("Log:AtStart", "true"), TestDestination.Echoing("primary"));
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        await client.ExpectAsync("ping");

        var start = Assert.Single(Proxy.Log.Events(EventIds.ConnectionStarted)).Text;
        Assert.Contains($"destination=primary attempts=1 reason=preferred connect_ms=", start, StringComparison.Ordinal);
        Assert.Empty(Proxy.Log.Lines);
        client.Dispose();

        await Proxy.LineAsync();
        var number = start[start.IndexOf(" connection=", StringComparison.Ordinal)..];
        var end = Assert.Single(Proxy.Log.Events(EventIds.ConnectionClosed)).Text;
        Assert.EndsWith(number, end, StringComparison.Ordinal);
        Assert.Contains(" closed_by=client closed_with=", end, StringComparison.Ordinal);
    }

    [Theory, ClassData<Engines>]
    public async Task Every_LinesSayHowFarItHasCome(EngineKind engine)
    {
        await StartAsync(engine, With("Log:Every", "00:00:01"), TestDestination.Echoing("primary"));
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        await client.ExpectAsync("ping");
        var before = Proxy.Log.Events(EventIds.ConnectionOpen).Count;

        await Eventually.TrueAsync(
            () => Proxy.Log.Events(EventIds.ConnectionOpen).Count >= before + 2, "two more lines of the open connection");

        Assert.Empty(Proxy.Log.Events(EventIds.ConnectionStarted));
        var last = Proxy.Log.Events(EventIds.ConnectionOpen)[before + 1].Text;
        Assert.Contains(" bytes_in=4 bytes_out=4 quiet_ms=", last, StringComparison.Ordinal);
        client.Dispose();
        await Proxy.LineAsync();
        await StartsAgainAsync();
    }

    [Theory, ClassData<Engines>]
    public async Task Default_OnlyTheLineAtTheEndAsItAlwaysWas(EngineKind engine)
    {
        await StartAsync(engine, TestDestination.Echoing("primary"));
        (await ConnectAsync()).Dispose();

        await Proxy.LineAsync();
        Assert.Empty(Proxy.Log.Events(EventIds.ConnectionStarted));
        Assert.DoesNotContain("connection=", Assert.Single(Proxy.Log.Events(EventIds.ConnectionClosed)).Text, StringComparison.Ordinal);
    }

    /// <summary>The timer rests while nothing is open; the next connection has its lines as well.</summary>
    private async Task StartsAgainAsync()
    {
        var before = Proxy.Log.Events(EventIds.ConnectionOpen).Count;
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        await client.ExpectAsync("ping");
        await Eventually.TrueAsync(
            () => Task.FromResult(Proxy.Log.Events(EventIds.ConnectionOpen).Count > before), () => "a line of the second connection");
    }

    private static ProxySetup With(string key, string value)
        => new() { Listener = new Dictionary<string, string>(StringComparer.Ordinal) { [key] = value } };
}
