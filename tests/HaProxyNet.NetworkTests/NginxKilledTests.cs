using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>
/// Two nginx behind the proxy; wrk makes a connection a request; the primary is killed with SIGKILL and started again, ten times. A request
/// that nginx had when it was killed is lost: it was given away, and a proxy must not repeat it. So the promise is tested in two forms:
/// killed while it has no request, nobody notices; killed at any moment, only requests that it had are lost.
/// </summary>
public sealed class NginxKilledTests(ITestOutputHelper output)
{
    private const int Kills = 10;
    private const int Connections = 10;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Nginx_PrimaryKilledTenTimes_WrkSeesNoSocketErrors(string engine)
    {
        await using var primary = await NginxServer.StartedAsync();
        await using var secondary = await NginxServer.StartedAsync();
        await using var proxy = await ProxyProcess.StartAsync(new(engine, ("primary", primary.Address), ("secondary", secondary.Address)));
        await using var wrk = new WrkProcess(proxy.Port, Connections);

        var pauses = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            await ServesAsync(proxy, "primary");
            pauses += await KillWithoutRequestAsync(primary, wrk, proxy);
            await ServesAsync(proxy, "secondary");
            await primary.StartAsync();
        }

        await ServesAsync(proxy, "primary");
        var report = await wrk.ReportAsync();
        output.WriteLine($"{engine}: {report}; wrk was paused {pauses} times for {Kills} kills");
        Assert.Equal(0, report.SocketErrors);
        Assert.Equal(0, report.WrongAnswers);
        await ExpectEachKillCountedAsync(proxy);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Nginx_PrimaryKilledTenTimesUnderRequests_EachErrorIsAConnectionThatNginxHad(string engine)
    {
        await using var primary = await NginxServer.StartedAsync();
        await using var secondary = await NginxServer.StartedAsync();
        await using var proxy = await ProxyProcess.StartAsync(
            new(engine, ("primary", primary.Address), ("secondary", secondary.Address)) { LogsConnections = true });
        await using var wrk = new WrkProcess(proxy.Port, connections: 2);

        for (var kill = 0; kill < Kills; kill++)
        {
            await ServesAsync(proxy, "primary");
            await primary.KillAsync();
            await ServesAsync(proxy, "secondary");
            await primary.StartAsync();
        }

        await ServesAsync(proxy, "primary");
        var report = await wrk.ReportAsync();
        await ExpectEachKillCountedAsync(proxy);
        await proxy.TerminateAsync();

        var lost = Pairs.In(proxy.Lines, "outcome").Where(IsLost).ToList();
        var withoutByte = lost.Count(line => line.Count("bytes_in") == 0);
        output.WriteLine($"{engine}: {report}; connections that nginx had: {lost.Count}, of them {withoutByte} before their request");
        Assert.All(lost, line => Assert.Equal("primary", line["destination"]));
        Assert.Equal((0, 0), (report.Connect, report.Timeout));
        Assert.InRange(report.Read + report.Write, 0, lost.Count);
        Assert.Equal(0, report.WrongAnswers);
    }

    /// <summary>The destination closed or reset a connection that it had accepted, without its answer.</summary>
    private static bool IsLost(Pairs line) => line["outcome"] is not "completed"
        ? line["outcome"] is not ("client_reset" or "client_aborted")
        : line["closed_by"] is "destination" && line.Count("bytes_out") == 0;

    private static async Task ExpectEachKillCountedAsync(ProxyProcess proxy)
    {
        var metrics = await proxy.MetricsAsync();
        Assert.True(metrics.Sum("failovers_total", ("from", "primary"), ("to", "secondary")) >= Kills, metrics.Text);
        Assert.True(metrics.Sum("failovers_total", ("from", "secondary"), ("to", "primary")) >= Kills, metrics.Text);
        proxy.ExpectCleanLog();
    }

    /// <summary>Waits until the destination is the active one and has served some hundred requests more.</summary>
    private static async Task ServesAsync(ProxyProcess proxy, string destination)
    {
        await proxy.IsActiveAsync(destination);
        var before = await proxy.EndedAsync(destination);
        await Eventually.HoldsAsync(async () => await proxy.EndedAsync(destination) >= before + 300, () => $"{destination} serves");
    }

    /// <summary>
    /// Holds wrk still, waits until every request on its way has been answered, and kills the primary. wrk then finds it dead with its next
    /// connections. When wrk stands between a connect and its request, that connection never ends: it goes on for a moment, and we try
    /// again.
    /// </summary>
    private static async Task<int> KillWithoutRequestAsync(NginxServer primary, WrkProcess wrk, ProxyProcess proxy)
    {
        for (var pause = 1; pause <= 1_000; pause++)
        {
            wrk.Send(Signal.Stop);
            try
            {
                for (var look = 0; look < 5; look++)
                {
                    if (!await SocketTable.HasLiveConnectionsAsync(proxy.Port, primary.Port))
                    {
                        await primary.KillAsync();
                        return pause;
                    }
                }
            }
            finally
            {
                wrk.Send(Signal.Continue);
            }

            await Task.Delay(Random.Shared.Next(1, 5));
        }

        throw new InvalidOperationException("There was no moment without a request.");
    }
}
