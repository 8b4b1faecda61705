using System.Globalization;
using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.FunctionalTests.Operating;

/// <summary>A peer that vanished without a word is found out by TCP itself, on both sides of a silent connection.</summary>
public sealed class KeepAlive : Scenario
{
    /// <summary>The value of the timer field of /proc/net/tcp for a keepalive timer.</summary>
    private const string KeepAliveTimer = "02";

    [Theory, ClassData<Engines>]
    public async Task SilentConnection_KeepAliveRunsOnBothSides(EngineKind engine)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Timers are read from /proc/net/tcp.");
        var time = new FakeTimeProvider();
        var destination = TestDestination.Echoing("primary");
        await StartAsync(engine, new ProxySetup { Time = time }.WithoutIdleProbes(), destination);
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        await client.ExpectAsync("ping");

        // An engine may wait for a while before it takes the trouble.
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(5));
                return TimerOf(local: Proxy.Address.Port, remote: client.LocalEndPoint.Port) == KeepAliveTimer
                    && TimerOf(local: null, remote: destination.Address.Port) == KeepAliveTimer;
            },
            "keepalive runs to the client and to the destination");
    }

    /// <summary>The timer that runs on a connected socket of this machine (proc(5)).</summary>
    private static string? TimerOf(int? local, int remote) => File.ReadLines("/proc/net/tcp").Skip(1)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(f => f[3] == "01" && (local is null || Port(f[1]) == local) && Port(f[2]) == remote)
        .Select(f => f[5].Split(':')[0])
        .FirstOrDefault();

    private static int Port(string address) => int.Parse(address.Split(':')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
