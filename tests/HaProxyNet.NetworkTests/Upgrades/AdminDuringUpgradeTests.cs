using System.Net;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.Upgrades;

/// <summary>
/// What stands before the proxy asks /readyz all the time: an upgrade must not look like an end, or a virtual address moves for nothing.
/// </summary>
public sealed class AdminDuringUpgradeTests
{
    private const int Upgrades = 3;

    [Theory]
    [InlineData(true, Engines.Reactor)]
    [InlineData(false, Engines.Reactor)]
    [InlineData(false, Engines.Managed)]
    public async Task Readyz_WhileProcessesTakeOver_IsNeverRefusedAndNeverSaysNo(bool keepsConnection, string engine)
    {
        using var server = new EchoServer();
        var setup = new ProxySetup(engine, ("primary", server.Address))
        {
            // What is for an end in order is not for an upgrade: the old process would not go for ten minutes.
            MoreEnvironment = new Dictionary<string, string> { ["HAPROXYNET__ShutdownDelay"] = "00:10:00" },
        };
        await using var proxy = await UpgradedProxy.StartAsync(setup);
        using var end = new CancellationTokenSource();
        var asked = 0;
        var asking = AskAsync(new Uri(setup.AdminUrl, "readyz"), keepsConnection, () => asked++, end.Token);

        for (var upgrade = 0; upgrade < Upgrades; upgrade++)
        {
            var before = Volatile.Read(ref asked);
            await proxy.UpgradeAsync();
            await Eventually.HoldsAsync(() => Volatile.Read(ref asked) > before + 1 || asking.IsCompleted, () => "somebody asks");
        }

        await end.CancelAsync();
        await asking;

        // SIGTERM would have to be sent twice: the delay is meant for it.
        Signal.Send(proxy.Serving, Signal.Kill);
    }

    private static async Task AskAsync(Uri readyz, bool keepsConnection, Action count, CancellationToken end)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(1) };
        while (!end.IsCancellationRequested)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, readyz);
            request.Headers.ConnectionClose = !keepsConnection;
            using var answer = await client.SendAsync(request, CancellationToken.None);
            Assert.True(
                answer.StatusCode == HttpStatusCode.OK,
                $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(CancellationToken.None)}");
            count();
        }
    }
}
