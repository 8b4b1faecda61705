using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.FunctionalTests.Probing;

/// <summary>A server that accepts and no longer answers, as one that was stopped: its system still accepts in its place.</summary>
public sealed class StoppedServer : Scenario
{
    private readonly FakeTimeProvider _time = new();
    private volatile bool _isStopped;
    private string _greeting = "";
    private int _held;
    private TestDestination? _primary;
    private TestDestination? _secondary;

    [Theory, ClassData<Engines>]
    public async Task NobodyIsAnswered_TheOtherServesSoonAfter(EngineKind engine)
    {
        using var heartbeat = DeafPort.At("127.0.0.1", 0);
        await StartAsync(engine, heartbeat, ("Health:AnswerWithin", "00:00:02"));
        Assert.Equal("1st.", await CallAsync());
        _isStopped = true;
        var waiting = await ConnectAsync();
        await waiting.SendAsync(Scripts.Request);

        await TurnUntilAsync(() => Proxy.Cluster.Find("primary")!.Condition.State is DestinationStatus.Down, "the primary is found out");

        Assert.Equal("2nd.", await CallAsync());
        Assert.Equal(Vocabulary.HealthReason.TimedOut, Proxy.Cluster.Find("primary")!.Condition.Reason);
    }

    /// <summary>Nothing looks as long as no cluster asks for it; a reload may ask.</summary>
    [Theory, ClassData<Engines>]
    public async Task AskedForByAReload_TheOtherServesSoonAfter(EngineKind engine)
    {
        using var heartbeat = DeafPort.At("127.0.0.1", 0);
        await StartAsync(engine, heartbeat);
        Assert.Equal("1st.", await CallAsync());
        Proxy.Reload(
            AddressesOf(_primary!, _secondary!),
            setup => setup with { Cluster = Settings(heartbeat, ("Health:AnswerWithin", "00:00:02")) });
        _isStopped = true;
        var waiting = await ConnectAsync();
        await waiting.SendAsync(Scripts.Request);

        await TurnUntilAsync(() => Proxy.Cluster.Find("primary")!.Condition.State is DestinationStatus.Down, "the primary is found out");

        Assert.Equal("2nd.", await CallAsync());
    }

    /// <summary>Off by default: an RPC may be silent for minutes.</summary>
    [Theory, ClassData<Engines>]
    public async Task NoAnswerWithin_NothingIsSuspected(EngineKind engine)
    {
        using var heartbeat = DeafPort.At("127.0.0.1", 0);
        await StartAsync(engine, heartbeat);
        _isStopped = true;
        var waiting = await ConnectAsync();
        await waiting.SendAsync(Scripts.Request);
        await Eventually.TrueAsync(() => Proxy.Cluster.Find("primary")!.Active == 1, "the connection is open");

        _time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(DestinationStatus.Up, Proxy.Cluster.Find("primary")!.Condition.State);
        Assert.Equal(0, heartbeat.Accepted);
    }

    /// <summary>One slow request among others says nothing: there is no probe.</summary>
    [Theory, ClassData<Engines>]
    public async Task OthersAreAnswered_NothingIsSuspected(EngineKind engine)
    {
        using var heartbeat = DeafPort.At("127.0.0.1", 0);
        await StartAsync(engine, heartbeat, ("Health:AnswerWithin", "00:00:02"));
        _isStopped = true;
        var waiting = await ConnectAsync();
        await waiting.SendAsync(Scripts.Request);
        await Eventually.TrueAsync(() => _held > 0, "the request has come");
        _isStopped = false;

        for (var i = 0; i < 20; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            Assert.Equal("1st.", await CallAsync());
        }

        Assert.Equal(0, heartbeat.Accepted);
    }

    /// <summary>
    /// A server that greets: nobody is seen waiting, neither rightly nor wrongly. docs/health.md says so, and check warns.
    /// </summary>
    [Theory, ClassData<Engines>]
    public async Task ServerSpeaksFirst_NothingIsSuspected(EngineKind engine)
    {
        using var heartbeat = DeafPort.At("127.0.0.1", 0);
        _greeting = "220 ready";
        await StartAsync(engine, heartbeat, ("Health:AnswerWithin", "00:00:02"));
        _isStopped = true;
        var waiting = await ConnectAsync();
        await waiting.ExpectAsync(_greeting);
        await waiting.SendAsync(Scripts.Request);
        await Eventually.TrueAsync(() => _held > 0, "the request has come");

        for (var i = 0; i < 40; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(250));
        }

        Assert.Equal(DestinationStatus.Up, Proxy.Cluster.Find("primary")!.Condition.State);
        Assert.Equal(0, heartbeat.Accepted);
    }

    private async Task ServeAsync(TestPeer peer)
    {
        if (_greeting.Length > 0)
        {
            await peer.SendAsync(_greeting);
        }

        await peer.ReadAsync(Scripts.Request.Length);
        if (_isStopped)
        {
            Interlocked.Increment(ref _held);
            await peer.ReadToEndAsync();
            return;
        }

        await peer.SendAsync("1st.");
    }

    private async Task StartAsync(EngineKind engine, DeafPort heartbeat, params (string Key, string Value)[] settings)
    {
        var setup = new ProxySetup { Time = _time, Cluster = Settings(heartbeat, settings) };
        _primary = TestDestination.Serving("primary", ServeAsync);
        _secondary = TestDestination.Serving("secondary", Scripts.AnswerAsync("2nd."));
        await StartAsync(engine, setup, _primary, _secondary);
    }

    private static Dictionary<string, string> Settings(DeafPort heartbeat, params (string Key, string Value)[] settings)
    {
        (string Key, string Value)[] always =
            [("Health:Probe", "WhenDown"), ("Health:Method", "Ldap"), ("Health:Port", $"{heartbeat.Port}"), ("Health:Timeout", "00:00:03")];
        return always.Concat(settings).ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal);
    }

    private Task TurnUntilAsync(Func<bool> condition, string expected) => Eventually.TrueAsync(
        () =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(250));
            return Task.FromResult(condition());
        },
        () => expected);
}
