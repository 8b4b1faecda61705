using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Configuring;

/// <summary>Addresses belong to names: a reload that moves or renames destinations given by a name costs no client anything.</summary>
public sealed class ReloadNames : Scenario
{
    private const string Loopback = "127.0.0.1";
    private readonly FakeNames _names = new();

    public ReloadNames() => (Truth.DestinationsMayChange, Truth.NamesMayNotResolve) = (true, true);

    /// <summary>
    /// Milliseconds that name servers take; below zero: they are away from the start on, and only what was known is known.
    /// </summary>
    public static TheoryData<EngineKind, int> Delays { get; } =
    [
        .. from engine in new Engines() from delay in new[] { 30, 500, -1 } select new TheoryDataRow<EngineKind, int>(engine.Data, delay),
    ];

    [Theory, MemberData(nameof(Delays))]
    public async Task MovesAndRenames_UnderTraffic_NoClientIsReset(EngineKind engine, int delay)
    {
        _names.Set("one.example", Loopback);
        _names.Set("two.example", Loopback);
        var agent = TestDestination.Serving("agent", Scripts.AnswerAsync("answer"));
        Add(agent);
        var port = agent.Address.Port;
        await StartAtAsync(engine, new ProxySetup { Names = _names }, [("primary", $"one.example:{port}")]);
        Assert.Equal("answer", await CallAsync());
        _names.Delay = TimeSpan.FromMilliseconds(Math.Max(0, delay));
        if (delay < 0)
        {
            _names.FallSilent();
        }

        // With the name servers away a new name cannot be served: it is the second one, behind the known one.
        (string Name, string Address)[][] versions =
        [
            [("renamed", $"one.example:{port}")],
            [("again", $"one.example:{port}"), ("second", $"two.example:{port}")],
            [("second", $"one.example:{port}"), ("third", $"two.example:{port}")],
            [("moved", $"ONE.example:{port}")],
        ];
        for (var i = 0; i < versions.Length; i++)
        {
            var taken = i + 1;
            Proxy.Reload(versions[i]);
            do
            {
                Assert.Equal("answer", await CallAsync());
            }
            while (Proxy.Log.Events(EventIds.ConfigurationReloaded).Count < taken);

            Assert.Equal("answer", await CallAsync());
        }

        Assert.Equal("moved", Proxy.Active);
        Assert.Empty(Proxy.Log.Events(EventIds.ConfigurationKept));
    }

    /// <summary>What is put into service can be served: a listener's new cluster waits for its name.</summary>
    [Theory, ClassData<Engines>]
    public async Task NewName_IsResolvedBeforeItIsPutIntoService(EngineKind engine)
    {
        _names.Set("new.example", Loopback);
        var old = TestDestination.Serving("old", Scripts.AnswerAsync("old."));
        var next = TestDestination.Serving("next", Scripts.AnswerAsync("new."));
        await StartAsync(engine, new ProxySetup { Names = _names }, old);
        Add(next);
        _names.FallSilent();

        Proxy.Reload([("next", $"new.example:{next.Address.Port}")]);
        Assert.Equal("old.", await CallAsync());
        _names.Speak();

        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.ConfigurationReloaded).Count == 1, "the reload is done");
        Assert.Equal("new.", await CallAsync());
    }
}
