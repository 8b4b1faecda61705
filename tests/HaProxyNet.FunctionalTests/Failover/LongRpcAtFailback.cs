using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.State;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.FunctionalTests.Failover;

/// <summary>
/// An RPC whose answer comes in pieces, one every four seconds, is running on the secondary when the primary comes back: every failback
/// mode with every session policy. The clock is the test's.
/// </summary>
public sealed class LongRpcAtFailback : Scenario
{
    private const string Call = "change the directory";
    private const int Pieces = 100;

    /// <summary>A clock that the test turns by hours must not end a connect or a probe that is under way.</summary>
    private static readonly TimeSpan _connectTimeout = TimeSpan.FromDays(20);

    private static readonly Evidence _refused = Evidence.Failed(HealthReason.Refused, TimeSpan.Zero);
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan _wait = _pause * 15;
    private static readonly Payload _answer = new(seed: 4, length: 1024 * 1024);

    private readonly FakeTimeProvider _time = new();
    private readonly TestDestination _primary = TestDestination.Echoing("primary");
    private readonly TestDestination _secondary = TestDestination.Listening("secondary");
    private readonly Queue<ReadOnlyMemory<byte>> _rest =
        new(_answer.ToArray().Chunk((int)(_answer.Length / Pieces) + 1).Select(c => new ReadOnlyMemory<byte>(c)));
    private TestPeer _client = null!;
    private TestPeer _agent = null!;
    private Task<(string Hash, PeerEnd End)> _reading = null!;

    public static MatrixTheoryData<EngineKind, FailbackMode, FailbackSessions> Policies
        => new(new Engines().Select(row => row.Data), Enum.GetValues<FailbackMode>(), Enum.GetValues<FailbackSessions>());

    [Theory, MemberData(nameof(Policies))]
    public async Task LongRpcOnTheSecondary_PrimaryComesBack_EndsAsThePolicySays(
        EngineKind engine,
        FailbackMode mode,
        FailbackSessions sessions)
    {
        await StartAsync(engine, Setup(mode, sessions), _primary, _secondary);
        await FailOverAsync();
        var since = _time.GetTimestamp();
        await BeginRpcAsync();

        await ComeBackAsync(mode, Proxy.Cluster);

        var onSecondary = _time.GetElapsedTime(since);
        var isCut = sessions is FailbackSessions.Close && mode is not FailbackMode.WhenIdle;
        if (isCut)
        {
            Assert.Equal(PeerEnd.Reset, (await _reading).End);
            Assert.Equal(PeerEnd.Reset, (await _agent.ReadToEndAsync()).End);
        }
        else
        {
            await GoOnAsync(sessions);
            Assert.Equal((_answer.Hash(), PeerEnd.Fin), await _reading);
        }

        var line = await Proxy.LineAsync();
        Assert.Equal((isCut ? "failed_back" : "completed", "secondary", 1), (line.Outcome, line.Destination, line.Attempts));
        Assert.Equal(Call.Length, _secondary.Traffic.Received);
        Assert.Equal(0, _primary.Traffic.Received);
        await ExpectBackAsync(mode, onSecondary, isCut);
    }

    [Theory, ClassData<Engines>]
    public async Task LongRpcOnThePrimary_ItGoesDownAndWhenDownIsLeave_GoesOnToItsEnd(EngineKind engine)
    {
        var primary = TestDestination.Listening("primary");
        await StartAsync(engine, new ProxySetup { Time = _time, ConnectTimeout = _connectTimeout }, primary, _secondary);
        _client = await ConnectAsync();
        await _client.SendAsync(Call);
        _agent = await primary.AcceptAsync();
        await _agent.ExpectAsync(Call);
        _reading = _client.HashToEndAsync();
        await AnswerAsync(Pieces / 2);

        primary.StopListening();
        Proxy.Report(Proxy.Cluster.Find("primary")!, _refused);
        Assert.Equal("secondary", Active);
        _time.Advance(TimeSpan.FromHours(1));
        await FinishAsync();

        Assert.Equal((_answer.Hash(), PeerEnd.Fin), await _reading);
        Assert.Equal(("completed", "primary"), ((await Proxy.LineAsync()).Outcome, (await Proxy.LineAsync()).Destination));
    }

    private string? Active => Proxy.Active;

    private ProxySetup Setup(FailbackMode mode, FailbackSessions sessions)
    {
        var cluster = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Failback:Mode"] = $"{mode}",
            ["Failback:Sessions"] = $"{sessions}",
            ["Failback:StableFor"] = $"{_wait}",
        };
        if (mode is FailbackMode.Window)
        {
            // The test's clock begins at midnight.
            (cluster["Failback:Window:From"], cluster["Failback:Window:To"]) = ("00:01", "04:00");
        }

        return new ProxySetup { Time = _time, ConnectTimeout = _connectTimeout, Cluster = cluster };
    }

    /// <summary>The clock stands still: apart from the first probe, which finds nobody, only the test reports.</summary>
    private Task FailOverAsync()
    {
        var primary = Proxy.Cluster.Find("primary")!;
        _primary.StopListening();
        Proxy.Report(primary, _refused);
        return Eventually.TrueAsync(() => primary.Condition.Failures == 2, "the first probe has found nobody");
    }

    private async Task BeginRpcAsync()
    {
        _client = await ConnectAsync();
        await _client.SendAsync(Call);
        _agent = await _secondary.AcceptAsync();
        await _agent.ExpectAsync(Call);
        _reading = _client.HashToEndAsync();
        await AnswerAsync(Pieces / 2);
    }

    /// <summary>The primary accepts again, and what the mode waits for happens; with WhenIdle it cannot while the RPC runs.</summary>
    private async Task ComeBackAsync(FailbackMode mode, Cluster cluster)
    {
        _primary.Revive(Scripts.EchoAsync);
        Proxy.Report(cluster.Find("primary")!, Evidence.Accepted);
        Assert.Equal(mode is FailbackMode.Immediate ? "primary" : "secondary", Active);
        if (mode is not FailbackMode.Immediate)
        {
            await GoOnForAsync(_wait - _pause);
            Assert.Equal("secondary", Active);
            await GoOnForAsync(_pause);
        }

        if (mode is FailbackMode.Manual)
        {
            Proxy.Control.FailBack(cluster);
        }

        if (mode is FailbackMode.WhenIdle)
        {
            Assert.Equal("secondary", Active);
        }
        else
        {
            await Eventually.TrueAsync(() => Active == "primary", "it goes back");
        }
    }

    /// <summary>Time passes, and the answer goes on: never quiet for the five seconds of QuietFor.</summary>
    private async Task GoOnForAsync(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += _pause)
        {
            await AnswerAsync(_rest.Count - 1);
            _time.Advance(_pause);
        }
    }

    /// <summary>The rest of the answer, in the time that the policy leaves to it.</summary>
    private async Task GoOnAsync(FailbackSessions sessions)
    {
        if (sessions is FailbackSessions.CloseWhenQuiet)
        {
            await GoOnForAsync(_pause * (_rest.Count - 1));
        }
        else
        {
            _time.Advance(sessions is FailbackSessions.Deadline ? TimeSpan.FromMinutes(9) : TimeSpan.FromHours(1));
        }

        await FinishAsync();
    }

    private Task FinishAsync()
    {
        _client.FinishSending();
        return AnswerAsync(0);
    }

    /// <summary>Answers until so many pieces are left, and waits until the client has them; after the last one the agent closes.</summary>
    private async Task AnswerAsync(int left)
    {
        while (_rest.Count > left)
        {
            await _agent.SendAsync(_rest.Dequeue());
        }

        await Eventually.TrueAsync(() => _client.Received == _agent.Sent, "the client has what was sent");
        if (left == 0)
        {
            _agent.FinishSending();
        }
    }

    /// <summary>New connections go to the primary, and the counters are right to the second.</summary>
    private async Task ExpectBackAsync(FailbackMode mode, TimeSpan onSecondary, bool isCut)
    {
        await Eventually.TrueAsync(
            () =>
            {
                if (Active == "secondary")
                {
                    _time.Advance(TimeSpan.FromMilliseconds(250));
                }

                return Active == "primary";
            },
            "it goes back");
        Assert.Equal(Scripts.Request, await EchoCallAsync());
        Assert.Equal(("primary", "preferred"), ((await Proxy.LinesAsync(2))[1].Destination, (await Proxy.LinesAsync(2))[1].Reason));
        var metrics = await Proxy.ScrapeAsync();
        var reason = mode switch
        {
            FailbackMode.Immediate => "connected",
            FailbackMode.StableFor => "stable",
            FailbackMode.WhenIdle => "idle",
            FailbackMode.Window => "window",
            _ => "failback",
        };
        Assert.Equal(1, metrics.Sum("failovers_total", "from=primary", "to=secondary", "reason=refused"));
        Assert.Equal(1, metrics.Sum("failovers_total", "from=secondary", "to=primary", $"reason={reason}"));
        Assert.Equal(
            (2, isCut ? 1 : 0),
            (metrics.Sum("failovers_total"), metrics.Sum("sessions_cut_total", "destination=secondary", "reason=failed_back")));
        if (mode is not FailbackMode.WhenIdle)
        {
            Assert.Equal(onSecondary.TotalSeconds, metrics.Sum("seconds_on_secondary_total"));
        }
    }
}
