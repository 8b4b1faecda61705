using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.Upgrades;

/// <summary>
/// The proxy as process 1 of a container: when that one ends the container ends, so after an upgrade it stays, and is nothing but a parent.
/// </summary>
public sealed class FirstProcessTests
{
    [Fact]
    public async Task Upgrade_TwiceInAContainer_TheFirstProcessWaitsPassesSignalsOnAndEndsWithTheLast()
    {
        using var server = new EchoServer();
        using var setup = Setup(server);
        await using var proxy = await ProxyProcess.StartAsync(setup);
        var first = Assert.Single(ProcessFigures.ChildrenOf(proxy.Id));
        using var client = await EchoClient.ConnectAsync(proxy.Port);
        await client.ExchangeAsync();

        await UpgradeAsync(proxy);
        await UpgradeAsync(proxy);
        await client.ExchangeAsync();

        // The process in the middle has ended, and with it no trace is left: only the one that serves.
        await Eventually.HoldsAsync(
            () => ProcessFigures.ChildrenOf(first).ToList() is [var only] && !ProcessFigures.ChildrenOf(only).Any(),
            () => "the container has two processes");
        Signal.Send(first, Signal.Hangup);
        await Eventually.HoldsAsync(
            async () => (await ReadAsync(proxy))?.Sum("config_reloads_total", ("result", "success")) == 1,
            () => $"SIGHUP reaches the process that serves:\n{proxy.Text}");
        await client.ExchangeAsync();
        await client.FinishAsync();

        Signal.Send(first, Signal.Terminate);

        Assert.Equal(0, await proxy.EndAsync());
        proxy.ExpectCleanLog();
    }

    [Fact]
    public async Task Serving_IsKilled_TheContainerEndsWithItsExitCode()
    {
        using var server = new EchoServer();
        using var setup = Setup(server);
        await using var proxy = await ProxyProcess.StartAsync(setup);
        var first = Assert.Single(ProcessFigures.ChildrenOf(proxy.Id));
        await UpgradeAsync(proxy);

        Signal.Send(Assert.Single(ProcessFigures.ChildrenOf(first)), Signal.Kill);

        Assert.Equal(128 + Signal.Kill, await proxy.EndAsync());
    }

    [Fact]
    public async Task Terminate_WhileOldProcessesStillHaveConnections_ReachesTheOneThatServes()
    {
        using var certificate = await CertificateFiles.MakeAsync("iqservice.corp.example");
        using var server = new EchoServer();
        using var setup = Setup(server, certificate.Terminating);
        await using var proxy = await ProxyProcess.StartAsync(setup);
        var first = Assert.Single(ProcessFigures.ChildrenOf(proxy.Id));
        using var client = await TlsEchoClient.ConnectAsync(proxy.Port);
        await client.ExchangeAsync();
        await UpgradeAsync(proxy);
        using var later = await TlsEchoClient.ConnectAsync(proxy.Port);
        await later.ExchangeAsync();
        await UpgradeAsync(proxy);
        await client.ExchangeAsync();
        await later.ExchangeAsync();

        Signal.Send(first, Signal.Terminate);

        Assert.Equal(0, await proxy.EndAsync());
    }

    private static ProxySetup Setup(EchoServer server, IReadOnlyDictionary<string, string>? terminating = null)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "needs root: it makes a process 1");
        return new("Reactor", ("primary", server.Address))
        {
            OutlivesProxy = true,
            Terminating = terminating,
            Prefix = [Requirement.Command("unshare", "util-linux"), "--pid", "--fork", "--mount-proc", "--kill-child"],
        };
    }

    private static async Task UpgradeAsync(ProxyProcess proxy)
    {
        // The control socket goes from one process to the other a moment after the connections.
        CommandResult? answer = null;
        await Eventually.HoldsAsync(
            async () =>
            {
                answer = await proxy.CommandAsync("upgrade");
                return !answer.Output.Contains("no proxy answers", StringComparison.Ordinal);
            },
            () => "the proxy takes commands");
        answer!.ExpectSuccess("the upgrade");
    }

    private static async Task<MetricsReading?> ReadAsync(ProxyProcess proxy)
    {
        try
        {
            return await proxy.MetricsAsync();
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
