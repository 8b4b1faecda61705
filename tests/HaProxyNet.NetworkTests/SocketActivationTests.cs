using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>
/// A service manager opens the listener's socket and keeps it: clients that connect before the proxy runs, or between two of its lives,
/// wait.
/// </summary>
public sealed class SocketActivationTests
{
    /// <summary>Runs the proxy twice, with the socket as descriptor 3, as a service manager does at a restart.</summary>
    private const string TwoLives = "for life in 1 2; do sh -c 'LISTEN_PID=$$ exec \"$@\"' proxy \"$@\"; done";

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Restart_SocketOfTheServiceManager_NobodyIsRefused(string engine)
    {
        using var server = new EchoServer();
        var setup = new ProxySetup(engine, ("primary", server.Address));
        setup.Prefix =
    [
        Requirement.Command("systemd-socket-activate", "systemd"),
        $"--listen=127.0.0.1:{setup.Port}",
        $"--fdname={ProxyProcess.Listener}",
        "sh",
        "-c",
        TwoLives,
        "lives",
    ];
        var starting = ProxyProcess.StartAsync(setup);

        // There is no proxy yet: this connection starts it, and is served by it.
        await Eventually.HoldsAsync(() => TryExchangeAsync(setup.Port), () => "the first connection is served");
        await using var proxy = await starting;
        var first = await ProcessOfProxyAsync(proxy.Id);

        Signal.Send(first, Signal.Terminate);
        await Eventually.HoldsAsync(
            async () =>
            {
                using var client = await EchoClient.ConnectAsync(setup.Port);
                await client.ExchangeAsync();
                await client.FinishAsync();
                return proxy.Lines.Count(line => line.Contains("accepts on", StringComparison.Ordinal)) == 2;
            },
            () => $"the second life serves.\n{proxy.Text}");
        proxy.ExpectCleanLog();

        Signal.Send(await ProcessOfProxyAsync(proxy.Id), Signal.Terminate);
        Assert.Equal(0, await proxy.EndAsync());
    }

    [Fact]
    public async Task Start_SocketOfNoListener_IsAFault()
    {
        using var server = new EchoServer();
        using var setup = new ProxySetup("Reactor", ("primary", server.Address));
        string[] run = [.. BuildOutput.ProxyCommand, "run", "--config", setup.WriteFile()];
        await using var manager = new ProcessUnderTest(
            "service manager",
            Requirement.Command("systemd-socket-activate", "systemd"),
            [$"--listen=127.0.0.1:{setup.Port}", "--fdname=rear", .. run]);

        await Eventually.HoldsAsync(async () => await TryExchangeAsync(setup.Port) || manager.HasExited, () => "the start ends");

        Assert.Equal(1, await manager.EndAsync());
        Assert.Contains("a socket named 'rear', and there is no listener 'rear'", manager.Text, StringComparison.Ordinal);
    }

    private static async Task<bool> TryExchangeAsync(int port)
    {
        try
        {
            using var client = await EchoClient.ConnectAsync(port);
            await client.ExchangeAsync();
            await client.FinishAsync();
            return true;
        }
        catch (Exception fault) when (fault is System.Net.Sockets.SocketException or Xunit.Sdk.XunitException)
        {
            // The service manager does not listen yet, or not any more.
            return false;
        }
    }

    /// <summary>The shell's only child, once there is one.</summary>
    private static async Task<int> ProcessOfProxyAsync(int shell)
    {
        var child = 0;
        await Eventually.HoldsAsync(
            () => int.TryParse(File.ReadAllText($"/proc/{shell}/task/{shell}/children").Trim(), out child),
            () => "the shell has a child");
        return child;
    }
}
