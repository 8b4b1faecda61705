using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.Upgrades;

/// <summary>
/// An upgrade under a supervisor that is no service manager, such as runit, supervisord or a shell: the process that it has started stays,
/// passes signals on, and ends as the one that serves does.
/// </summary>
public sealed class SupervisedUpgradeTests
{
    [Fact]
    public async Task Upgrade_ThreeTimes_TwoProcessesAreLeftAndTheFirstHoldsNothing()
    {
        using var server = new EchoServer();
        using var setup = Setup(server);
        var first = await ProxyProcess.StartAsync(setup);
        await using var proxy = new UpgradedProxy(first);
        using var client = await EchoClient.ConnectAsync(first.Port);
        await client.ExchangeAsync();

        for (var upgrade = 0; upgrade < 3; upgrade++)
        {
            await proxy.UpgradeAsync();
            await client.ExchangeAsync();
        }

        await Eventually.HoldsAsync(
            () => ProcessFigures.ChildrenOf(first.Id).SequenceEqual([proxy.Serving]) && !ProcessFigures.ChildrenOf(proxy.Serving).Any(),
            () => "there are two processes");
        Assert.True(ProcessFigures.IsRunning(first.Id));
        Assert.True(ProcessFigures.HasLetGo(first.Id));
        first.Send(Signal.Hangup);
        await Eventually.HoldsAsync(
            async () => (await first.MetricsAsync()).Sum("config_reloads_total", ("result", "success")) == 1,
            () => $"SIGHUP reaches the process that serves:\n{first.Text}");
        await client.ExchangeAsync();
        await client.FinishAsync();

        Assert.Equal(0, await first.TerminateAsync());
        Assert.False(ProcessFigures.IsRunning(proxy.Serving));
        first.ExpectCleanLog();
    }

    [Fact]
    public async Task Serving_IsKilled_TheFirstEndsWithItsExitCode()
    {
        using var server = new EchoServer();
        using var setup = Setup(server);
        var first = await ProxyProcess.StartAsync(setup);
        await using var proxy = new UpgradedProxy(first);
        await proxy.UpgradeAsync();
        await proxy.UpgradeAsync();

        Signal.Send(proxy.Serving, Signal.Kill);

        Assert.Equal(128 + Signal.Kill, await first.EndAsync());
    }

    /// <summary>Nobody serves: a supervisor must not wait ten minutes until it can start another one.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Serving_IsKilledWhileAnOldOneHasConnections_TheFirstEndsSoonAfterShutdownTimeout(int upgrades)
    {
        using var certificate = await CertificateFiles.MakeAsync("iqservice.corp.example");
        using var server = new EchoServer();
        using var setup = Setup(server, certificate.Terminating, TimeSpan.FromSeconds(1));
        var first = await ProxyProcess.StartAsync(setup);
        await using var proxy = new UpgradedProxy(first);
        for (var upgrade = 1; upgrade < upgrades; upgrade++)
        {
            await proxy.UpgradeAsync();
        }

        using var client = await TlsEchoClient.ConnectAsync(first.Port);
        await client.ExchangeAsync();
        await proxy.UpgradeAndLeaveAsync();
        await client.ExchangeAsync();

        Signal.Send(proxy.Serving, Signal.Kill);

        Assert.Equal(128 + Signal.Kill, await first.EndAsync());
        first.ExpectCleanLog();
    }

    /// <summary>A terminal signals the whole group: it is one Ctrl-C, and drains.</summary>
    [Fact]
    public async Task Interrupt_OfTheWholeGroup_DrainsOnce()
    {
        using var server = new EchoServer();
        using var setup = Setup(server);

        // A shell's job in the background ignores SIGINT, and so would all that these tests start there.
        setup.Prefix = ["/usr/bin/env", "--default-signal=INT", Requirement.Command("setsid", "util-linux")];
        var first = await ProxyProcess.StartAsync(setup);
        await using var proxy = new UpgradedProxy(first);
        await proxy.UpgradeAsync();
        using var client = await EchoClient.ConnectAsync(first.Port);
        await client.ExchangeAsync();

        Signal.Send(-first.Id, Signal.Interrupt);

        await first.HasWrittenAsync("Draining: no new connections");
        await client.ExchangeAsync();
        await client.FinishAsync();
        Assert.Equal(0, await first.EndAsync());
        Assert.False(first.Wrote("A second signal"), first.Text);
    }

    [Fact]
    public async Task Terminate_OfTheFirstTwice_EndsTheDrainAtOnce()
    {
        using var server = new EchoServer();
        using var setup = Setup(server, shutdownTimeout: TimeSpan.FromMinutes(5));
        var first = await ProxyProcess.StartAsync(setup);
        await using var proxy = new UpgradedProxy(first);
        await proxy.UpgradeAsync();
        using var client = await EchoClient.ConnectAsync(first.Port);
        await client.ExchangeAsync();

        first.Send(Signal.Terminate);
        await first.HasWrittenAsync("Draining: no new connections");
        await client.ExchangeAsync();
        first.Send(Signal.Terminate);

        Assert.Equal(0, await first.EndAsync());
        Assert.True(first.Wrote("A second signal"), first.Text);
    }

    /// <summary>The supervisor starts another one, which needs the ports.</summary>
    [Fact]
    public async Task First_IsKilled_TheOneThatServesEndsAtOnce()
    {
        using var server = new EchoServer();
        using var setup = Setup(server);
        var first = await ProxyProcess.StartAsync(setup);
        await using var proxy = new UpgradedProxy(first);
        await proxy.UpgradeAsync();
        await proxy.UpgradeAsync();
        var serving = proxy.Serving;

        first.Send(Signal.Kill);

        await Eventually.HoldsAsync(() => !ProcessFigures.IsRunning(first.Id), () => "the first process has ended");
        await Eventually.HoldsAsync(() => !ProcessFigures.IsRunning(serving), () => "the one that serves has ended, too");
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("1", false)]
    public async Task Upgrade_UnderAServiceManager_TheFirstGoesIfTheManagerHasStartedIt(string? startedByManager, bool goes)
    {
        using var server = new EchoServer();
        using var setup = Setup(server, environment: new Dictionary<string, string>
        {
            ["NOTIFY_SOCKET"] = "/run/no-such-manager",
            ["SYSTEMD_EXEC_PID"] = startedByManager ?? "",
        });
        var first = await ProxyProcess.StartAsync(setup);
        await using var proxy = new UpgradedProxy(first);

        await proxy.UpgradeAsync();

        if (goes)
        {
            await Eventually.HoldsAsync(() => !ProcessFigures.IsRunning(first.Id), () => "the first process has ended");
        }

        Assert.Equal(!goes, ProcessFigures.IsRunning(first.Id));
    }

    private static ProxySetup Setup(
        EchoServer server,
        IReadOnlyDictionary<string, string>? terminating = null,
        TimeSpan? shutdownTimeout = null,
        IReadOnlyDictionary<string, string>? environment = null) => new("Reactor", ("primary", server.Address))
        {
            OutlivesProxy = true,
            Terminating = terminating,
            ShutdownTimeout = shutdownTimeout ?? TimeSpan.FromSeconds(30),
            MoreEnvironment = environment ?? new Dictionary<string, string>(),
        };
}
