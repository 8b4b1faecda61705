using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.Upgrades;

/// <summary>
/// An upgrade under a supervisor that is no service manager, such as runit, supervisord or a shell: the process that it has started stays,
/// passes signals on, and ends as the one that serves does.
/// </summary>
public sealed class SupervisedUpgradeTests : IDisposable
{
    private readonly EchoServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Upgrade_ThreeTimes_TwoProcessesAreLeftAndTheFirstHoldsNothing()
    {
        using var setup = Setup();
        await using var proxy = await UpgradedProxy.StartAsync(setup);
        using var client = await EchoClient.ConnectAsync(proxy.First.Port);
        await client.ExchangeAsync();

        for (var upgrade = 0; upgrade < 3; upgrade++)
        {
            await proxy.UpgradeAsync();
            await client.ExchangeAsync();
        }

        await Eventually.HoldsAsync(
            () => ProcessFigures.ChildrenOf(proxy.First.Id).SequenceEqual([proxy.Serving])
                && !ProcessFigures.ChildrenOf(proxy.Serving).Any(),
            () => "there are two processes");
        Assert.True(ProcessFigures.IsRunning(proxy.First.Id));
        Assert.True(ProcessFigures.HasLetGo(proxy.First.Id));
        proxy.First.Send(Signal.Hangup);
        await Eventually.HoldsAsync(
            async () => (await proxy.First.MetricsAsync()).Sum("config_reloads_total", ("result", "success")) == 1,
            () => $"SIGHUP reaches the process that serves:\n{proxy.First.Text}");
        await client.ExchangeAsync();
        await client.FinishAsync();

        Assert.Equal(0, await proxy.First.TerminateAsync());
        Assert.False(ProcessFigures.IsRunning(proxy.Serving));
        proxy.First.ExpectCleanLog();
    }

    [Fact]
    public async Task Serving_IsKilled_TheFirstEndsWithItsExitCode()
    {
        using var setup = Setup();
        await using var proxy = await UpgradedProxy.StartAsync(setup);
        await proxy.UpgradeAsync();
        await proxy.UpgradeAsync();

        Signal.Send(proxy.Serving, Signal.Kill);

        Assert.Equal(128 + Signal.Kill, await proxy.First.EndAsync());
    }

    /// <summary>Nobody serves: a supervisor must not wait ten minutes until it can start another one.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Serving_IsKilledWhileAnOldOneHasConnections_TheFirstEndsSoonAfterShutdownTimeout(int upgrades)
    {
        using var certificate = await CertificateFiles.MakeAsync("iqservice.corp.example");
        using var setup = Setup(certificate.Terminating, TimeSpan.FromSeconds(1));
        await using var proxy = await UpgradedProxy.StartAsync(setup);
        for (var upgrade = 1; upgrade < upgrades; upgrade++)
        {
            await proxy.UpgradeAsync();
        }

        using var client = await TlsEchoClient.ConnectAsync(proxy.First.Port);
        await client.ExchangeAsync();
        await proxy.UpgradeAndLeaveAsync();
        await client.ExchangeAsync();

        Signal.Send(proxy.Serving, Signal.Kill);

        Assert.Equal(128 + Signal.Kill, await proxy.First.EndAsync());
        proxy.First.ExpectCleanLog();
    }

    /// <summary>A terminal signals the whole group: it is one Ctrl-C, and drains.</summary>
    [Fact]
    public async Task Interrupt_OfTheWholeGroup_DrainsOnce()
    {
        using var setup = Setup();

        // A shell's job in the background ignores SIGINT, and so would all that these tests start there.
        setup.Prefix = ["/usr/bin/env", "--default-signal=INT", Requirement.Command("setsid", "util-linux")];
        await using var proxy = await UpgradedProxy.StartAsync(setup);
        await proxy.UpgradeAsync();
        using var client = await EchoClient.ConnectAsync(proxy.First.Port);
        await client.ExchangeAsync();

        Signal.Send(-proxy.First.Id, Signal.Interrupt);

        await proxy.First.HasWrittenAsync("Draining: no new connections");
        await client.ExchangeAsync();
        await client.FinishAsync();
        Assert.Equal(0, await proxy.First.EndAsync());
        Assert.False(proxy.First.Wrote("A second signal"), proxy.First.Text);
    }

    [Fact]
    public async Task Terminate_OfTheFirstTwice_EndsTheDrainAtOnce()
    {
        using var setup = Setup(shutdownTimeout: TimeSpan.FromMinutes(5));
        await using var proxy = await UpgradedProxy.StartAsync(setup);
        await proxy.UpgradeAsync();
        using var client = await EchoClient.ConnectAsync(proxy.First.Port);
        await client.ExchangeAsync();

        proxy.First.Send(Signal.Terminate);
        await proxy.First.HasWrittenAsync("Draining: no new connections");
        await client.ExchangeAsync();
        proxy.First.Send(Signal.Terminate);

        Assert.Equal(0, await proxy.First.EndAsync());
        Assert.True(proxy.First.Wrote("A second signal"), proxy.First.Text);
    }

    /// <summary>The supervisor starts another one, which needs the ports.</summary>
    [Fact]
    public async Task First_IsKilled_TheOneThatServesEndsAtOnce()
    {
        using var setup = Setup();
        await using var proxy = await UpgradedProxy.StartAsync(setup);
        await proxy.UpgradeAsync();
        await proxy.UpgradeAsync();
        var serving = proxy.Serving;

        proxy.First.Send(Signal.Kill);

        await Eventually.HoldsAsync(() => !ProcessFigures.IsRunning(proxy.First.Id), () => "the first process has ended");
        await Eventually.HoldsAsync(() => !ProcessFigures.IsRunning(serving), () => "the one that serves has ended, too");
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("1", false)]
    public async Task Upgrade_UnderAServiceManager_TheFirstGoesIfTheManagerHasStartedIt(string? startedByManager, bool goes)
    {
        using var setup = Setup(environment: new Dictionary<string, string>
        {
            ["NOTIFY_SOCKET"] = "/run/no-such-manager",
            ["SYSTEMD_EXEC_PID"] = startedByManager ?? "",
        });
        await using var proxy = await UpgradedProxy.StartAsync(setup);

        await proxy.UpgradeAsync();

        if (goes)
        {
            await Eventually.HoldsAsync(() => !ProcessFigures.IsRunning(proxy.First.Id), () => "the first process has ended");
        }

        Assert.Equal(!goes, ProcessFigures.IsRunning(proxy.First.Id));
    }

    private ProxySetup Setup(
        IReadOnlyDictionary<string, string>? terminating = null,
        TimeSpan? shutdownTimeout = null,
        IReadOnlyDictionary<string, string>? environment = null) => new("Reactor", ("primary", _server.Address))
        {
            OutlivesProxy = true,
            Terminating = terminating,
            ShutdownTimeout = shutdownTimeout ?? TimeSpan.FromSeconds(30),
            MoreEnvironment = environment ?? new Dictionary<string, string>(),
        };
}
