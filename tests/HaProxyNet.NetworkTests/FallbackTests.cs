using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>
/// A system that refuses what the Reactor likes to use, as sandboxes do: the proxy serves on without it, and says so in one line.
/// </summary>
public sealed class FallbackTests
{
    private const int Large = 4 * 1024 * 1024;

    [Theory]
    [InlineData("EPERM")]
    [InlineData("ENOSYS")]
    [InlineData("EINVAL")]
    public async Task SpliceRefused_LargeTransfersAreCopied_OneLine(string error)
    {
        using var primary = new EchoServer();
        await using var proxy = await ProxyProcess.StartAsync(Refusing("splice", error, primary));

        for (var i = 0; i < 4; i++)
        {
            await TransferAsync(proxy);
        }

        Assert.Single(proxy.Lines, line => line.Contains("refuses splice", StringComparison.Ordinal));
        Assert.DoesNotContain(proxy.Lines, line => line.Contains("Managed engine", StringComparison.Ordinal));
        proxy.ExpectCleanLog();
    }

    /// <summary>
    /// .NET's own sockets need an epoll instance too, so the first one that is opened must succeed; the next are the Reactor's.
    /// </summary>
    [Theory]
    [InlineData("epoll_create1", "EPERM:when=2+")]
    [InlineData("eventfd2", "EPERM")]
    public async Task EpollRefused_ManagedEngineServes_OneLine(string call, string error)
    {
        using var primary = new EchoServer();
        await using var proxy = await ProxyProcess.StartAsync(Refusing(call, error, primary));

        await TransferAsync(proxy);

        Assert.Single(proxy.Lines, line => line.Contains("the Managed engine serves instead", StringComparison.Ordinal));
        proxy.ExpectCleanLog();
    }

    private static ProxySetup Refusing(string call, string error, EchoServer primary) => new("Reactor", ("primary", primary.Address))
    {
        Prefix =
        [
            Requirement.Command("strace"), "--follow-forks", "--seccomp-bpf", "--quiet=all", "--output=/dev/null",
            $"--trace={call}", $"--inject={call}:error={error}",
        ],
        MoreEnvironment = new Dictionary<string, string> { ["DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT"] = "1" },
    };

    /// <summary>Much in both directions at once.</summary>
    private static async Task TransferAsync(ProxyProcess proxy)
    {
        using var client = await EchoClient.ConnectAsync(proxy.Port);
        var bytes = new byte[Large];
        Random.Shared.NextBytes(bytes);
        var sending = client.Socket.SendAsync(bytes, TestContext.Current.CancellationToken).AsTask();
        await client.ExpectAsync(bytes);
        await sending;
        await client.FinishAsync();
    }
}
