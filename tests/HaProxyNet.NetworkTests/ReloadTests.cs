using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>SIGHUP takes a changed file over, without an end for what is open.</summary>
public sealed class ReloadTests
{
    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Sighup_OtherDestinations_NewConnectionsGoThereAndOpenOnesGoOn(string engine)
    {
        using var old = new EchoServer();
        using var replacement = new EchoServer();
        await using var proxy = await ProxyProcess.StartAsync(new(engine, ("old", old.Address)));
        using var open = await EchoClient.ConnectAsync(proxy.Port);
        await open.ExchangeAsync();

        proxy.Reload(("new", replacement.Address), ("old", old.Address));
        await proxy.IsActiveAsync("new");
        using var later = await EchoClient.ConnectAsync(proxy.Port);
        await later.ExchangeAsync();
        await later.FinishAsync();
        await open.ExchangeAsync();
        await open.FinishAsync();

        await proxy.IsIdleAsync();
        Assert.Equal((1, 1), (await proxy.EndedAsync("old"), await proxy.EndedAsync("new")));
        Assert.True((await proxy.MetricsAsync()).Sum("config_reloads_total", ("result", "success")) >= 1);
        proxy.ExpectCleanLog();
    }

    /// <summary>As nohup(1) and some supervisors start programs.</summary>
    [Fact]
    public async Task Sighup_IgnoredWhenItWasStarted_ReloadsAllTheSame()
    {
        using var primary = new EchoServer();
        await using var proxy = await ProxyProcess.StartAsync(new(Engines.Reactor, ("primary", primary.Address))
        {
            Prefix = ["/bin/sh", "-c", "trap '' HUP; exec \"$0\" \"$@\""],
        });

        proxy.Send(Signal.Hangup);

        // The file is as it was: nothing but the signal is a reason to reload.
        await Eventually.HoldsAsync(
            async () => (await proxy.MetricsAsync()).Sum("config_reloads_total", ("result", "success")) == 1,
            () => $"the signal is obeyed:\n{proxy.Text}");
        proxy.ExpectCleanLog();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Sighup_FileWithAFault_TheOldConfigurationGoesOn(string engine)
    {
        using var primary = new EchoServer();
        await using var proxy = await ProxyProcess.StartAsync(new(engine, ("primary", primary.Address)));

        // Once for the signal, and perhaps once more for the file that has changed.
        proxy.Reload(("primary", "no-port.example"));
        await Eventually.HoldsAsync(
            async () => (await proxy.MetricsAsync()).Sum("config_reloads_total") - (await proxy.MetricsAsync()).Sum(
                "config_reloads_total", ("result", "success")) >= 1,
            () => $"the fault is counted:\n{proxy.Text}");

        using var client = await EchoClient.ConnectAsync(proxy.Port);
        await client.ExchangeAsync();
        Assert.True(proxy.Wrote("Destinations"), "the log says where the fault is:\n" + proxy.Text);
        proxy.ExpectCleanLog();
    }
}
