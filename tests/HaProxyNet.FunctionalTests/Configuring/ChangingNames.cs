using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.FunctionalTests.Configuring;

/// <summary>Names whose addresses come, go and change while the proxy runs. Loopback has many addresses; only 127.0.0.1 serves.</summary>
public sealed class ChangingNames : Scenario
{
    private const string Host = "agent.example";
    private const string Good = "127.0.0.1";
    private const string Dead = "127.31.0.8";
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly FakeNames _names = new();

    public ChangingNames() => Truth.NamesMayNotResolve = true;

    [Theory, ClassData<Engines>]
    public async Task AddressChanges_NewConnectionsUseItAndOpenOnesGoOn(EngineKind engine)
    {
        _names.Set(Host, Good);
        var agent = await StartAsync(engine, TestDestination.Echoing("primary"));
        var old = await ConnectAsync();
        await old.SendAsync("ping");
        await old.ExpectAsync("ping");

        _names.Set(Host, Dead);
        _time.Advance(_interval);
        await ChangedAsync(1);

        var (before, now) = (
            Proxy.Log.Events(EventIds.AddressesChanged)[0].Field("Before"),
            Proxy.Log.Events(EventIds.AddressesChanged)[0].Field("Addresses"));
        Assert.Equal((Good, Dead), (before, now));
        Assert.Equal("reset", await CallAsync());
        await old.SendAsync("more");
        await old.ExpectAsync("more");

        _names.Set(Host, Good);
        _time.Advance(_interval);
        await ChangedAsync(2);
        Assert.Equal("ping", await EchoCallAsync());
        Assert.Equal(2, agent.Traffic.Connections);
    }

    [Theory, ClassData<Engines>]
    public async Task NameFailsLater_TheLastGoodAddressServesOn(EngineKind engine)
    {
        _names.Set(Host, Good);
        await StartAsync(engine, TestDestination.Echoing("primary"));
        _names.Set(Host);
        for (var asked = _names.Asked + 1; asked < 6; asked++)
        {
            var wanted = asked;
            await Eventually.TrueAsync(
                () =>
                {
                    // In steps: a look at the clock that has begun sets its timer from the time before.
                    _time.Advance(_interval / 10);
                    return Task.FromResult(_names.Asked >= wanted);
                },
                () => "the name was asked for");
            Assert.Equal("ping", await EchoCallAsync());
        }

        Assert.Empty(Proxy.Log.Events(EventIds.AddressesChanged));
        Assert.Empty(Proxy.Log.Events(EventIds.DestinationDown));
    }

    [Theory, ClassData<Engines>]
    public async Task NameIsUnknownAtTheStart_ServesAsSoonAsItResolves(EngineKind engine)
    {
        await StartAsync(engine, TestDestination.Echoing("primary"));
        Assert.Equal(Vocabulary.HealthReason.Unresolved, Proxy.Cluster.Find("primary")!.Condition.Reason);
        Assert.Equal("reset", await CallAsync());

        _names.Set(Host, Good);
        await IsUpAsync();

        Assert.Equal("ping", await EchoCallAsync());
    }

    /// <summary>Nobody probes, so that it resolves is all that will ever be known.</summary>
    [Theory, ClassData<Engines>]
    public async Task NameIsUnknownAtTheStartAndProbeIsNever_ServesAsSoonAsItResolves(EngineKind engine)
    {
        await StartAsync(engine, TestDestination.Echoing("primary"), ("Health:Probe", "Never"));

        _names.Set(Host, Good);
        await IsUpAsync();

        Assert.Equal("ping", await EchoCallAsync());
        Assert.Equal(0, (await Proxy.ScrapeAsync()).Sum("probes_total"));
    }

    [Theory, ClassData<Engines>]
    public async Task SeveralAddresses_AreTriedInOrder(EngineKind engine)
    {
        _names.Set(Host, "::1", Dead, Good);
        await StartAsync(engine, TestDestination.Echoing("primary"));

        Assert.Equal("ping", await EchoCallAsync());

        Assert.Equal(3, (await Proxy.LineAsync()).Attempts);
        Assert.Equal(Vocabulary.DestinationStatus.Up, Proxy.Cluster.Find("primary")!.Condition.State);
    }

    /// <summary>What a client has found out about the addresses costs the next one nothing.</summary>
    [Theory, ClassData<Engines>]
    public async Task SeveralAddresses_TheOneThatAcceptedIsTriedFirstFromThenOn(EngineKind engine)
    {
        _names.Set(Host, Dead, Good);
        await StartAsync(engine, TestDestination.Echoing("primary"));

        Assert.Equal("ping", await EchoCallAsync());
        await Proxy.LinesAsync(1);
        Assert.Equal("ping", await EchoCallAsync());

        Assert.Equal([2, 1], (await Proxy.LinesAsync(2)).Select(line => line.Attempts));
        Assert.Empty(Proxy.Log.Events(EventIds.DestinationDown));
    }

    [Theory, ClassData<Engines>]
    public async Task ResolveIntervalIsZero_OnlyAtTheStart(EngineKind engine)
    {
        _names.Set(Host, Good);
        await StartAsync(engine, TestDestination.Echoing("primary"), ("ResolveInterval", "00:00:00"), ("Health:Probe", "Never"));
        _names.Set(Host, Dead);

        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal("ping", await EchoCallAsync());
        Assert.Equal(1, _names.Asked);
    }

    /// <summary>What was proven of the old address says nothing about the new one: it is asked at once.</summary>
    [Theory, ClassData<Engines>]
    public async Task AddressChangesToADeadOne_IsFoundOutBeforeAnyClient(EngineKind engine)
    {
        _names.Set(Host, Good);
        await StartAsync(engine, TestDestination.Echoing("primary"));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("ping", await EchoCallAsync());
            _time.Advance(_interval / 3);
        }

        Assert.Equal("ping", await EchoCallAsync());
        Assert.Equal(0, (await Proxy.ScrapeAsync()).Sum("probes_total"));
        _names.Set(Host, Dead);
        _time.Advance(_interval / 3);
        Assert.Equal("ping", await EchoCallAsync());
        _time.Advance(_interval / 3);
        Assert.Equal("ping", await EchoCallAsync());
        _time.Advance(_interval / 3);

        await Eventually.TrueAsync(() => !Proxy.IsUp("primary"), "the dead address was found out");
    }

    /// <summary>It listens at once; what connects waits for the name, and is not reset.</summary>
    [Theory, ClassData<Engines>]
    public async Task ResolverIsSilentAtTheStart_ClientsWaitAndAreServedWhenItAnswers(EngineKind engine)
    {
        _names.Set(Host, Good);
        _names.FallSilent();
        await StartAsync(engine, TestDestination.Echoing("primary"));
        var client = await ConnectAsync();
        await client.SendAsync("ping");

        _names.Speak();

        await client.ExpectAsync("ping");
        Assert.Empty(Proxy.Log.Events(EventIds.DestinationDown));
    }

    [Theory, ClassData<Engines>]
    public async Task ResolverStaysSilentAtTheStart_AcceptsAfterABoundAndSaysWhy(EngineKind engine)
    {
        _names.FallSilent();
        await StartAsync(engine, TestDestination.Echoing("primary"));

        _time.Advance(TimeSpan.FromSeconds(4));

        await Eventually.TrueAsync(
            () => Proxy.Cluster.Find("primary")!.Condition.Reason is Vocabulary.HealthReason.Unresolved, "the name has no address");
        Assert.Equal("reset", await CallAsync());
    }

    /// <summary>The probe of the old address never ends by itself here.</summary>
    [Theory, ClassData<Engines>]
    public async Task AddressChangesWhileTheOldOneIsProbed_TheNewOneIsAskedAtOnce(EngineKind engine)
    {
        _names.Set(Host, Dead);
        // Chosen where everybody connects from; nobody has it at the other address.
        using var now = DeafPort.At(Good, 0);
        using var old = DeafPort.At(Dead, now.Port);
        await StartAsync(
            engine,
            TestDestination.Echoing("primary"),
            ("Health:Probe", "Always"),
            ("Health:Method", "Ldap"),
            ("Health:Port", $"{old.Port}"));
        await IsAskedAsync(old);

        _names.Set(Host, Good);

        await IsAskedAsync(now);
    }

    private Task IsAskedAsync(DeafPort port) => Eventually.TrueAsync(
        () =>
        {
            _time.Advance(TimeSpan.FromSeconds(3));
            return Task.FromResult(port.Accepted > 0);
        },
        () => "the address is being probed");

    private async Task<TestDestination> StartAsync(EngineKind engine, TestDestination agent, params (string Key, string Value)[] settings)
    {
        Add(agent);
        var setup = new ProxySetup
        {
            Time = _time,
            Names = _names,
            Cluster = settings
                .Append((Key: "Health:Timeout", Value: "1.00:00:00"))
                .ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal),
        };
        await StartAtAsync(engine, setup, [("primary", $"{Host}:{agent.Address.Port}")]);
        return agent;
    }

    private Task ChangedAsync(int times)
        => Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.AddressesChanged).Count == times, "the change was told");

    private Task IsUpAsync() => Eventually.TrueAsync(
        () =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(200));
            return Task.FromResult(Proxy.IsUp("primary"));
        },
        () => "the primary is up");
}
