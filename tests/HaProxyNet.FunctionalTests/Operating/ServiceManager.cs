using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Server.Systemd;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.FunctionalTests.Operating;

/// <summary>What a service manager is notified of; see sd_notify(3).</summary>
public sealed class ServiceManager : Scenario
{
    private static readonly TimeSpan _watchdog = TimeSpan.FromMilliseconds(200);
    private readonly TestDestination _primary = TestDestination.Echoing("primary");
    private readonly TestDestination _secondary = TestDestination.Echoing("secondary");

    [Theory, ClassData<Engines>]
    public async Task Started_ReadyAndWhoIsActive(EngineKind engine)
    {
        using var manager = new ServiceManagerSocket(Path.Combine(Folder, "notify"));

        await StartAsync(engine, SetupFor(manager), _primary, _secondary);

        Assert.Equal($"READY=1\nSTATUS={Proxy.Cluster.Name}: primary is active", await manager.WaitForAsync("READY=1"));
    }

    [Theory, ClassData<Engines>]
    public async Task AbstractSocket_Ready(EngineKind engine)
    {
        using var manager = new ServiceManagerSocket($"@haproxynet-test-{Guid.NewGuid():N}");

        await StartAsync(engine, SetupFor(manager), _primary);

        await manager.WaitForAsync("READY=1");
    }

    [Theory, ClassData<Engines>]
    public async Task NobodyThere_Serves(EngineKind engine)
    {
        await StartAsync(engine, new ProxySetup
        {
            Services = services => services.AddServiceManager(new NotifyEnvironment(Path.Combine(Folder, "gone"), TimeSpan.FromSeconds(1))),
        }, _primary);

        Assert.Equal(Scripts.Request, await EchoCallAsync());
    }

    [Theory, ClassData<Engines>]
    public async Task Failover_StatusNamesTheOtherOne(EngineKind engine)
    {
        using var manager = new ServiceManagerSocket(Path.Combine(Folder, "notify"));
        await StartAsync(engine, SetupFor(manager) with
        {
            Cluster = new Dictionary<string, string>(StringComparer.Ordinal) { ["Health:Probe"] = "Never" },
        }, _primary, _secondary);

        Proxy.Report(Proxy.Cluster.Find("primary")!, Evidence.Failed(HealthReason.Refused, TimeSpan.Zero));

        await manager.WaitForAsync($"STATUS={Proxy.Cluster.Name}: secondary is active");
    }

    [Theory, ClassData<Engines>]
    public async Task Reload_BeginsAndEnds(EngineKind engine)
    {
        using var manager = new ServiceManagerSocket(Path.Combine(Folder, "notify"));
        await StartAsync(engine, SetupFor(manager), _primary, _secondary);
        await manager.WaitForAsync("READY=1");

        Proxy.Reload(AddressesOf(_primary, _secondary), setup => setup with { MaxConnections = 7 });

        var reloading = await manager.WaitForAsync("RELOADING=1");
        Assert.Matches("^RELOADING=1\nMONOTONIC_USEC=[1-9][0-9]*$", reloading);
        await manager.WaitForAsync("READY=1", from: manager.Messages.ToList().IndexOf(reloading) + 1);
    }

    [Theory, ClassData<Engines>]
    public async Task ReloadRefused_StatusSaysSo(EngineKind engine)
    {
        using var manager = new ServiceManagerSocket(Path.Combine(Folder, "notify"));
        await StartAsync(engine, SetupFor(manager), _primary);
        await manager.WaitForAsync("READY=1");

        Proxy.Reload([("primary", "nowhere")]);

        await manager.WaitForAsync("the changed configuration was refused, the one before is in force");
        Assert.Equal(manager.Count("RELOADING=1") + 1, manager.Count("READY=1"));
    }

    [Theory, ClassData<Engines>]
    public async Task Stopped_SaysSoAndHowLongItMayTake(EngineKind engine)
    {
        using var manager = new ServiceManagerSocket(Path.Combine(Folder, "notify"));
        await StartAsync(engine, SetupFor(manager) with { ShutdownTimeout = TimeSpan.FromMinutes(10) }, _primary);

        await Proxy.StopAsync();

        var stopping = await manager.WaitForAsync("STOPPING=1");
        Assert.Contains("\nSTATUS=stopping\n", stopping, StringComparison.Ordinal);
        var patience = long.Parse(stopping.Split("EXTEND_TIMEOUT_USEC=")[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(TimeSpan.FromMicroseconds(patience) > TimeSpan.FromMinutes(10), stopping);
    }

    [Theory, ClassData<Engines>]
    public async Task Watchdog_LanesLive_SignsOfLife(EngineKind engine)
    {
        using var manager = new ServiceManagerSocket(Path.Combine(Folder, "notify"));
        await StartAsync(engine, SetupFor(manager, watchdog: _watchdog), _primary);

        await Eventually.TrueAsync(() => manager.Count("WATCHDOG=1") >= 3, "three signs of life");
    }

    [Fact]
    public async Task Watchdog_LaneHangs_Silence_UntilItLives()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the Reactor's lanes are threads; the Managed engine has the thread pool");
        using var manager = new ServiceManagerSocket(Path.Combine(Folder, "notify"));
        var time = new FakeTimeProvider();
        await StartAsync(EngineKind.Reactor, SetupFor(manager, watchdog: _watchdog).WithoutIdleProbes() with { Time = time }, _primary);
        time.Advance(_watchdog / 4);
        await manager.WaitForAsync("WATCHDOG=1");
        using var hang = new ManualResetEventSlim();
        using var hangs = new ManualResetEventSlim();

        Proxy.Engine.Lanes[^1].Post(() =>
        {
            hangs.Set();
            hang.Wait();
        });
        hangs.Wait(TestContext.Current.CancellationToken);
        time.Advance(2 * _watchdog);
        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.LaneHangs).Any(), "the hanging lane is logged");

        var before = manager.Count("WATCHDOG=1");
        time.Advance(2 * _watchdog);
        Assert.Equal(before, manager.Count("WATCHDOG=1"));
        hang.Set();
        await Eventually.TrueAsync(() => manager.Count("WATCHDOG=1") > before, "a sign of life again");
        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.LanesAlive) is [_], "the lane that lives again is logged, once");
    }

    private static ProxySetup SetupFor(ServiceManagerSocket manager, TimeSpan? watchdog = null)
        => new() { Services = services => services.AddServiceManager(new NotifyEnvironment(manager.Place, watchdog)) };
}
