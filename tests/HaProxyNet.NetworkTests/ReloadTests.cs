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

    /// <summary>One place has several spellings; none of them is a place of its own.</summary>
    [Fact]
    public async Task Reload_AdminEndpointOnlySpelledOtherwise_IsTakenOver()
    {
        using var primary = new EchoServer();
        var setup = new ProxySetup(Engines.Reactor, ("primary", primary.Address));
        await using var proxy = await ProxyProcess.StartAsync(setup);

        foreach (var spelled in (string[])["localhost", "[::ffff:127.0.0.1]", "127.0.0.1"])
        {
            setup.AdminEndpoint = $"{spelled}:{setup.AdminUrl.Port}";
            setup.WriteFile();
            (await proxy.CommandAsync("reload")).ExpectSuccess($"reload with {setup.AdminEndpoint}");
        }

        Assert.Equal(1, (await proxy.MetricsAsync()).Sum("config_last_reload_successful"));
        proxy.ExpectCleanLog();
    }

    /// <summary>No other program is to be ended for it.</summary>
    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Reload_AdminEndpointWhereAListenerIs_SaysThatItIsThisProxy(string engine)
    {
        using var primary = new EchoServer();
        var setup = new ProxySetup(engine, ("primary", primary.Address)) { PassedPort = FreePorts.Next() };
        await using var proxy = await ProxyProcess.StartAsync(setup);

        // The second listener goes, and the admin endpoint takes its address.
        setup.AdminEndpoint = $"127.0.0.1:{setup.PassedPort}";
        setup.PassedPort = 0;
        setup.WriteFile();
        var reload = await proxy.CommandAsync("reload");

        Assert.Equal(1, reload.ExitCode);
        Assert.Contains(
            $"{setup.AdminEndpoint} cannot be taken while listener passed of this proxy has {setup.AdminEndpoint}",
            reload.Output,
            StringComparison.Ordinal);
        Assert.DoesNotContain("end the program", reload.Output, StringComparison.Ordinal);
        proxy.ExpectCleanLog();
    }
}
