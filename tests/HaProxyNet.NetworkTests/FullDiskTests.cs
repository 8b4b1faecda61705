using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>The disk of the history has no room: the proxy serves, says it once, and goes on when there is room again.</summary>
public sealed class FullDiskTests
{
    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task DiskIsFull_OneWarningClientsAreServedAndItGoesOn(string engine)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: it mounts a small file system of its own");
        var unshare = Requirement.Command("unshare", "util-linux");
        using var agent = new EchoServer();
        using var setup = new ProxySetup(engine, ("primary", agent.Address)) { OutlivesProxy = true };
        var folder = Path.GetDirectoryName(setup.StateFile)!;

        // In a mount namespace of its own, which ends with the proxy. Its configuration stays visible below the new mount, as a copy.
        setup.Prefix =
        [
            unshare, "-m", "sh", "-c",
            $"cp '{folder}'/* /dev/shm/$$.json && mount -t tmpfs -o size=64k,mode=0700 tmpfs '{folder}' && mv /dev/shm/$$.json '{setup.File}' "
                + $"&& dd if=/dev/zero of='{folder}/filler' bs=4k 2>/dev/null; exec \"$@\"",
            "sh",
        ];
        await using var proxy = await ProxyProcess.StartAsync(setup);
        await proxy.HasWrittenAsync("The history cannot be written to");
        await CallAsync(setup.Port);

        File.Delete($"/proc/{proxy.Id}/root{folder}/filler");
        await proxy.HasWrittenAsync("The history is written again to");
        await CallAsync(setup.Port);

        Assert.Single(proxy.Lines, line => line.Contains("The history cannot be written to", StringComparison.Ordinal));
        Assert.Equal(2, await proxy.EndedAsync("primary"));
        Assert.Equal(0, await proxy.TerminateAsync());
        proxy.ExpectCleanLog();
    }

    private static async Task CallAsync(int port)
    {
        using var client = await EchoClient.ConnectAsync(port);
        await client.ExchangeAsync();
        await client.FinishAsync();
    }
}
