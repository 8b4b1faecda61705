using System.Collections.Concurrent;
using System.Security.Authentication;
using HaProxyNet.Connections;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;
using HaProxyNet.State;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.FunctionalTests.Tls;

/// <summary>A destination that accepts and then does not shake hands is not waited for: the hedge covers the handshake.</summary>
public sealed class HungHandshakes : TlsScenario
{
    private static readonly TimeSpan _hedgeAfter = TimeSpan.FromMilliseconds(50);

    /// <summary>However often the clock is turned until a hedge is seen to have begun, no handshake times out.</summary>
    private static readonly TimeSpan _handshakeTimeout = TimeSpan.FromHours(1);
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow); // certificates are valid by it
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _ends = new();

    public HungHandshakes()
    {
        Truth.PeersCountTls = true;
        Truth.AttemptsMayBeLost = true;
        Truth.DestinationsHaveOtherClients = true; // probes may be under way at the end
    }

    [Theory, ClassData<TlsStacks>]
    public async Task PrimaryHangs_TheSecondaryServesAndTheNextOneStartsThere(TlsStack engine)
    {
        await StartAsync(engine, Setup(), TestDestination.Listening("primary"), Serving("secondary", "2nd."));

        Assert.Equal("2nd.", await HedgedAsync(CallAsync()));
        Assert.Equal(DestinationStatus.Suspect, Primary.Status);
        Assert.Equal("2nd.", await CallAsync());

        // A line comes at its connection's end, and the first one may end after the second.
        var lines = await Proxy.LinesAsync(2);
        Assert.Equal(
            [("secondary", 2, "hedge"), ("secondary", 1, "preferred_suspect")],
            lines.OrderByDescending(l => l.Attempts).Select(l => (l.Destination, l.Attempts, l.Reason)));
        var metrics = await Proxy.ScrapeAsync();
        Assert.Equal(1, metrics.Sum("fall_throughs_total", "from=primary", "to=secondary", "reason=hedge"));
        Assert.Equal((0, 1), (metrics.Sum("hedges_total", "won=preferred"), metrics.Sum("hedges_total", "won=other")));
    }

    /// <summary>That it accepts is no news: probes that see no more do not bring it back for the next client to hang.</summary>
    [Theory, ClassData<TlsStacks>]
    public async Task PrimaryHangs_ThatItAcceptsDoesNotBringItBack(TlsStack engine)
    {
        await StartAsync(engine, Setup(("Health:Probe", "Never")), TestDestination.Listening("primary"), Serving("secondary", "2nd."));
        Assert.Equal("2nd.", await HedgedAsync(CallAsync()));

        Proxy.Report(Primary, Vocabulary.Evidence.Accepted);

        Assert.Equal(DestinationStatus.Suspect, Primary.Status);
        Proxy.Report(Primary, Vocabulary.Evidence.Secured);
        Assert.Equal(DestinationStatus.Up, Primary.Status);
    }

    [Theory, ClassData<TlsStacks>]
    public async Task TheHungHandshakeTimesOut_IsAFailureOfThePrimary(TlsStack engine)
    {
        await StartAsync(engine, Setup(("Health:Probe", "Never")), TestDestination.Listening("primary"), Serving("secondary", "2nd."));

        Assert.Equal("2nd.", await HedgedAsync(CallAsync()));
        await Eventually.TrueAsync(
            _time, _handshakeTimeout, () => Proxy.StateOf("primary") is DestinationStatus.Down, "the hung handshake has timed out");

        Assert.Equal(Vocabulary.HealthReason.Tls, Primary.Condition.Reason);
        Assert.Contains(
            "took too long", Assert.Single(Proxy.Log.Events(EventIds.DestinationHandshakeFailed)).Text, StringComparison.Ordinal);
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("connect_failures_total", "destination=primary", "reason=hedge"));
    }

    /// <summary>
    /// It is through after all, when no connection wants it any more: it has lost nothing, and sees a session that ends in order.
    /// </summary>
    [Theory, ClassData<TlsStacks>]
    public async Task TheHungHandshakeIsThroughLate_UpAgainAndEndsInOrder(TlsStack engine)
    {
        await StartAsync(engine, Setup(("Health:Probe", "Never")), Late("primary", "1st."), Serving("secondary", "2nd."));
        Assert.Equal("2nd.", await HedgedAsync(CallAsync()));
        Assert.Equal(DestinationStatus.Suspect, Primary.Status);

        _goOn.SetResult();

        await Eventually.TrueAsync(() => Primary.Status is DestinationStatus.Up, "the primary is up");
        await Eventually.TrueAsync(() => !_ends.IsEmpty, "the primary has seen the end");
        Assert.Equal("end without a byte", Assert.Single(_ends));
        Assert.Equal("1st.", await CallAsync());
        Assert.Equal(0, (await Proxy.ScrapeAsync()).Sum("failovers_total"));
    }

    /// <summary>
    /// The other one does no better: the one that began first is taken as soon as it is through, whatever the other one is doing.
    /// </summary>
    [Theory]
    [MemberData(nameof(Others))]
    public async Task PrimaryIsThroughBeforeTheOther_IsTaken(TlsStack engine, string other)
    {
        await StartAsync(engine, Setup(), Late("primary", "1st."), other switch
        {
            "hangs too" => TestDestination.Listening("secondary"),
            "does not accept" => await TestDestination.SilentAsync("secondary"),
            _ => TestDestination.Refusing("secondary"),
        });
        var call = CallAsync();
        await BothAreTriedAsync();

        _goOn.SetResult();

        Assert.Equal("1st.", await call);
        var line = await Proxy.LineAsync();
        Assert.Equal(("primary", 2, "preferred"), (line.Destination, line.Attempts, line.Reason));
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("hedges_total", "won=preferred"));
    }

    [Theory, ClassData<TlsStacks>]
    public async Task AllHangAndFail_ResetsTheClient(TlsStack engine)
    {
        await StartAsync(engine, Setup(), TestDestination.Listening("primary"), TestDestination.Listening("secondary"));
        var client = await ConnectAsync();
        await BothAreTriedAsync();

        await Eventually.TrueAsync(_time, _handshakeTimeout, () => Proxy.Active is null, "both are down");

        await client.ExpectResetAsync();
        Assert.Equal(("no_destination", 2), ((await Proxy.LineAsync()).Outcome, (await Proxy.LineAsync()).Attempts));
    }

    /// <summary>A slow connect is accepted before another one, and then its handshake hangs: the other one is tried again.</summary>
    [Theory, ClassData<TlsStacks>]
    public async Task SlowConnectIsAcceptedAndHangs_TheOtherIsTriedAgain(TlsStack engine)
    {
        var (primary, secondary) = (await TestDestination.SilentAsync("primary"), await TestDestination.SilentAsync("secondary"));
        await StartAsync(engine, Setup(("Health:Probe", "Never")), primary, secondary);
        var call = CallAsync();
        await TurnUntilAsync(
            connections => connections.Any(c => c.Attempts == 2),
            "both are being tried",
            c => c is { Attempts: 1, DestinationSocket: null });

        primary.StopListening();
        primary.Listen();
        await TurnUntilAsync(
            connections => connections.Any(c => c.Attempts == 3),
            "the other is tried again",
            c => c is { Attempts: 2, DestinationSocket: not null });
        secondary.StopListening();
        secondary.Revive(peer => ServeAsync(peer, "2nd."));

        Assert.Equal("2nd.", await call);
    }

    /// <summary>
    /// A slow connect is through and shakes hands: the other address of its destination has not lost to anybody.
    /// </summary>
    [Theory, ClassData<TlsStacks>]
    public async Task OneAddressOfThePrimaryIsThroughLate_ItsOtherAddressHasNotLost(TlsStack engine)
    {
        var primary = await TestDestination.SilentAsync("primary");
        using var other = await TestDestination.SilentAsync("other address");
        await StartAsync(engine, Setup(("Health:Probe", "Never")), primary, await TestDestination.SilentAsync("secondary"));
        Primary.Addresses = [primary.Address, other.Address];
        Truth.AddressesAreSeveral = true;
        var call = CallAsync();
        await TurnUntilAsync(
            connections => connections.Any(c => c.Attempts == 3),
            "all are being tried",
            c => c is { Attempts: 1 or 2, DestinationSocket: null });

        primary.StopListening();
        primary.Revive(peer => ServeAsync(peer, "1st."));

        Assert.Equal("1st.", await call);
        Assert.Equal(0, (await Proxy.ScrapeAsync()).Sum("connect_failures_total", "destination=primary"));
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("hedges_total", "won=preferred"));
    }

    [Theory, ClassData<TlsStacks>]
    public async Task ClientGoesWhileBothHang_LeavesNothing(TlsStack engine)
    {
        await StartAsync(engine, Setup(), TestDestination.Listening("primary"), TestDestination.Refusing("secondary"));
        var client = await ConnectAsync();
        await BothAreTriedAsync();

        client.Reset();

        await Eventually.TrueAsync(_time, _hedgeAfter, () => Proxy.Log.Lines.Count == 1, "the connection has ended");
        Assert.Equal("client_aborted", (await Proxy.LineAsync()).Outcome);
    }

    [Theory, ClassData<TlsStacks>]
    public async Task OperatorClosesWhileItHangs_EndsTheConnection(TlsStack engine)
    {
        await StartAsync(engine, Setup(), TestDestination.Listening("primary"), TestDestination.Refusing("secondary"));
        var client = await ConnectAsync();
        await BothAreTriedAsync();

        Assert.Single(await Proxy.ConnectionsAsync()).Abort();

        await client.ExpectResetAsync();
    }

    [Theory, ClassData<TlsStacks>]
    public async Task TlsClient_IsServedToo(TlsStack engine)
    {
        var setup = Setup() with { Listener = Terminating() };
        await StartAsync(engine, setup, TestDestination.Listening("primary"), Serving("secondary", "2nd."));

        using var client = await ClientAsync(Wires.TlsTls);
        await client.SendAsync(Scripts.Request);
        Assert.Equal("2nd.", await HedgedAsync(client.ReadAsync(4)));
    }

    public static IEnumerable<TheoryDataRow<TlsStack, string>> Others()
        => new TlsStacks().SelectMany(
            stack => new[] { "hangs too", "does not accept", "refuses" },
            (stack, other) => new TheoryDataRow<TlsStack, string>(stack.Data, other));

    private ProxySetup Setup(params (string Key, string Value)[] more) => new()
    {
        Time = _time,
        HedgeAfter = _hedgeAfter,
        ConnectTimeout = TimeSpan.FromDays(1),
        DownInterval = TimeSpan.FromDays(10),
        Cluster = Reencrypting(more.Append(("Tls:HandshakeTimeout", _handshakeTimeout.ToString()))),
    };

    private Task BothAreTriedAsync() => TurnUntilAsync(connections => connections.Any(c => c.Attempts == 2), "both are being tried");

    /// <summary>A call whose first destination accepts, and is too slow then.</summary>
    private async Task<string> HedgedAsync(Task<string> call)
    {
        await TurnUntilAsync(_ => call.IsCompleted, "the other destination serves");
        return await call;
    }

    /// <summary>
    /// Turns the clock while a handshake with the first destination goes on: not before, for the accept is hedged as well.
    /// </summary>
    private Task TurnUntilAsync(Func<IReadOnlyList<ProxyConnection>, bool> condition, string expected)
        => TurnUntilAsync(condition, expected, c => c is { Attempts: 1, DestinationSocket: not null });

    private Task TurnUntilAsync(
        Func<IReadOnlyList<ProxyConnection>, bool> condition,
        string expected,
        Func<ProxyConnection, bool> isToBeHedged)
        => Eventually.TrueAsync(
            async () =>
            {
                var connections = await Proxy.ConnectionsAsync();
                if (connections.Any(isToBeHedged))
                {
                    _time.Advance(_hedgeAfter);
                }

                return condition(connections);
            },
            () => expected);

    private Destination Primary => Proxy.Cluster.Find("primary")!;

    private TestDestination Serving(string name, string answer) => TestDestination.Serving(name, peer => ServeAsync(peer, answer));

    /// <summary>It shakes hands when the test says so.</summary>
    private TestDestination Late(string name, string answer) => TestDestination.Serving(name, async peer =>
    {
        await _goOn.Task;
        await ServeAsync(peer, answer);
    });

    private async Task ServeAsync(TestPeer peer, string answer)
    {
        try
        {
            using var tls = await TlsPeer.ServerAsync(peer);
            if (await tls.ReceiveAsync(new byte[Scripts.Request.Length]) == 0)
            {
                _ends.Enqueue("end without a byte");
                return;
            }

            await tls.SendAsync(answer);
            await tls.FinishSendingAsync();
        }
        catch (Exception end) when (end is AuthenticationException or IOException or System.Net.Sockets.SocketException)
        {
            _ends.Enqueue(end.Message);
        }
    }
}
