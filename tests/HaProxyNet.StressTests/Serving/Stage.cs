using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.Sockets;
using HaProxyNet.Configuration;
using HaProxyNet.StressTests.Living;
using HaProxyNet.StressTests.Planning;

namespace HaProxyNet.StressTests.Serving;

/// <summary>The proxy and the destinations behind it, and how a destination knows which connection it was given.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private const int Ordinary = 4;
    private const int Greeting = 6;

    /// <summary>
    /// Lives that are known, many more than there are at once: a destination may be told of one after its client has gone.
    /// </summary>
    private const int Remembered = 10_000;

    private readonly ConcurrentDictionary<long, Life> _lives = [];
    private readonly Tally _tally;
    private readonly List<DestinationGroup> _greeting;
    private readonly DestinationGroup _ordinary;
    private readonly DestinationGroup _anonymous;
    private readonly DestinationGroup _churn;

    private Stage(Tally tally)
    {
        _tally = tally;
        _ordinary = new DestinationGroup("ordinary", [.. Enumerable.Range(0, Ordinary).Select(_ => new StressDestination(PlayKnownAsync))]);
        _churn = new DestinationGroup("churn", [new StressDestination(PlayKnownAsync), new StressDestination(PlayKnownAsync)]);
        _anonymous = new DestinationGroup("anonymous", [new StressDestination(PlayAnonymousAsync)]);
        _greeting = [.. Enumerable.Range(0, Greeting).Select(MakeGreeting)];
    }

    /// <summary>The proxy.</summary>
    public ProxyUnderStress Proxy { get; private set; } = null!;

    /// <summary>The destinations that come and go.</summary>
    public IReadOnlyList<StressDestination> Churning => _churn.Destinations;

    private IReadOnlyList<DestinationGroup> Groups => [_ordinary, _churn, _anonymous, .. _greeting];

    /// <summary>Starts everything.</summary>
    public static async Task<Stage> StartAsync(EngineKind engine, Tally tally)
    {
        var stage = new Stage(tally);
        stage.Proxy = await ProxyUnderStress.StartAsync(engine, stage.Groups, new ErrorLog(tally));
        return stage;
    }

    /// <summary>Plays a life; returns when both sides have ended, the client has gone unknown, or nobody serves it.</summary>
    public async Task PlayAsync(LifePlan plan)
    {
        var life = new Life(plan, _tally);
        _lives[plan.Number] = life;
        _lives.TryRemove(plan.Number - Remembered, out _);
        var group = GroupOf(plan);
        var alone = plan.Scenario is Scenario.Greeting;
        if (alone)
        {
            await group.Turn.WaitAsync();
            Volatile.Write(ref group.Expected, life);
        }

        await PlayClientAsync(life, group);
        if (life.IsServed)
        {
            await life.DestinationEnded;
        }

        if (alone)
        {
            Volatile.Write(ref group.Expected, null);
            group.Turn.Release();
        }

        _tally.Lived();
    }

    /// <summary>Returns when the destinations have played all that they were given.</summary>
    public Task PlayedAsync() => Task.WhenAll(Groups.SelectMany(g => g.Destinations).Select(d => d.Played));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        foreach (var group in Groups)
        {
            group.Dispose();
        }
    }

    private static async Task PlayClientAsync(Life life, DestinationGroup group)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Shrink(socket, life.Plan.Client);
        try
        {
            await socket.ConnectAsync(group.Front);
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.ConnectionReset)
        {
            // Connected, and reset before this thread had a look at it: the first use of the socket says so again.
        }

        await life.PlayClientAsync(socket);
    }

    private static void Shrink(Socket socket, SidePlan plan)
    {
        if (plan.SmallBuffers)
        {
            // Not less: below the size of loopback's segments each window update waits for a timer.
            socket.ReceiveBufferSize = 128 * 1024;
        }
    }

    private DestinationGroup MakeGreeting(int index)
    {
        DestinationGroup? group = null;
        return group = new DestinationGroup($"greeting{index}", [new StressDestination(socket => PlayGreetingAsync(group!, socket))]);
    }

    private DestinationGroup GroupOf(LifePlan plan) => plan.Scenario switch
    {
        Scenario.Churn => _churn,
        Scenario.Anonymous => _anonymous,
        Scenario.Greeting => _greeting[(int)(plan.Number % _greeting.Count)],
        _ => _ordinary,
    };

    /// <summary>A client's number comes first, unless it was reset on its way, or this is a probe.</summary>
    private async Task PlayKnownAsync(Socket socket)
    {
        socket.NoDelay = true;
        var header = new byte[Life.HeaderSize];
        var end = await AnonymousPeer.ReadAsync(socket, header);
        if (end is not SeenEnd.None)
        {
            socket.Dispose();
            if (end is not SeenEnd.Reset)
            {
                _tally.WrongEnd($"a destination saw {end} before the number of a connection");
            }

            return;
        }

        var number = BinaryPrimitives.ReadInt64LittleEndian(header);
        if (!_lives.TryGetValue(number, out var life))
        {
            _tally.Mismatch($"a destination was told the number {number}, which no connection has");
            socket.Dispose();
            return;
        }

        Shrink(socket, life.Plan.Destination);
        await life.PlayDestinationAsync(socket);
    }

    private static async Task PlayGreetingAsync(DestinationGroup group, Socket socket)
    {
        socket.NoDelay = true;
        if (Interlocked.Exchange(ref group.Expected, null) is { } life)
        {
            await life.PlayDestinationAsync(socket);
        }
        else
        {
            socket.Dispose();
        }
    }

    private async Task PlayAnonymousAsync(Socket socket)
    {
        var end = await AnonymousPeer.ReadAsync(socket, new byte[Life.HeaderSize]);
        socket.Dispose();
        if (end is not (SeenEnd.Fin or SeenEnd.Reset))
        {
            _tally.WrongEnd($"a destination whose client had gone saw {end}");
        }
    }
}
