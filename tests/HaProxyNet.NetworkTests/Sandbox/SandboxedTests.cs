using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.Sandbox;

/// <summary>
/// The proxy under the restrictions of its unit: it starts, serves, reloads and ends there, and its manager is notified of each. With the
/// native executable (HAPROXYNET_NATIVE) that is all of them; the just-in-time compiler of the usual build writes memory that it executes,
/// so MemoryDenyWriteExecute is left out for it.
/// </summary>
public sealed class SandboxedTests
{
    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Sandboxed_ServesReloadsAndEnds(string engine)
    {
        using var sandbox = new UnitSandbox();
        using var primary = new EchoServer();
        using var setup = new ProxySetup(engine, ("primary", primary.Address))
        {
            MoreEnvironment = new Dictionary<string, string>
            {
                ["NOTIFY_SOCKET"] = sandbox.NotifySocket,
                ["WATCHDOG_USEC"] = "2000000",
                ["HOME"] = sandbox.Home,
            },
        };
        setup.Prefix = await sandbox.PrefixAsync(writable: Path.GetDirectoryName(setup.File)!);
        using var manager = new NotifyReceiver(sandbox.NotifySocket);

        await using var proxy = await ProxyProcess.StartAsync(setup);
        var ready = await manager.WaitForAsync("READY=1\nSTATUS=pair: primary is active");
        using (var client = await EchoClient.ConnectAsync(proxy.Port))
        {
            await client.ExchangeAsync(1024 * 1024);
            await client.FinishAsync();
        }

        await manager.WaitForAsync("WATCHDOG=1");
        setup.WriteFile(("other", primary.Address));
        var reloading = await manager.WaitForAsync("RELOADING=1", ready);
        var reloaded = await manager.WaitForAsync("READY=1", reloading);
        await manager.WaitForAsync("STATUS=pair: other is active", reloaded);
        (await proxy.CommandAsync("ready")).ExpectSuccess("ready");

        Signal.Send(Innermost(proxy.Id), Signal.Terminate);
        await manager.WaitForAsync("STOPPING=1", reloaded);
        Assert.Equal(0, await proxy.EndAsync());
        Assert.Empty(Directory.GetFileSystemEntries(sandbox.Home));
        Assert.DoesNotContain("DataProtection", proxy.Text, StringComparison.Ordinal);
        proxy.ExpectCleanLog();
    }

    private static int Innermost(int process)
        => ProcessFigures.ChildrenOf(process).ToList() is [.., var child] ? Innermost(child) : process;
}
