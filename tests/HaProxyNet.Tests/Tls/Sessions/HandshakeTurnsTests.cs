using HaProxyNet.Connections;
using HaProxyNet.Tests.Connections;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Transport.Managed;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Tls.Sessions;

public sealed class HandshakeTurnsTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ManagedLane _lane;
    private readonly ProxyConnection _connection;

    public HandshakeTurnsTests()
    {
        _lane = new ManagedLane(_time);
        _connection = LoneConnection.On(_lane, _time);
    }

    [Fact]
    public void TryEnter_UpToTheMost_ThenNot()
    {
        var turns = new HandshakeTurns(2);

        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => turns.TryEnter()));

        Assert.Equal(2, turns.Running);
    }

    [Fact]
    public async Task Leave_SomeWait_LongestWaiterIsNext()
    {
        var turns = new HandshakeTurns(1);
        Assert.True(turns.TryEnter());
        var first = Wait(turns);
        var second = Wait(turns);

        turns.Leave();
        Assert.True(await first);
        Assert.False(second.IsCompleted);

        // Nobody gets in before those who wait.
        Assert.False(turns.TryEnter());
        turns.Leave();
        Assert.True(await second);
        turns.Leave();
        Assert.Equal(0, turns.Running);
    }

    /// <summary>A crowd of one address waits; a client of another one is second, however late it comes.</summary>
    [Fact]
    public async Task Leave_CrowdOfOneAddressWaits_AnotherAddressIsSecond()
    {
        var turns = new HandshakeTurns(1);
        Assert.True(turns.TryEnter());
        var crowd = Enumerable.Range(0, 400).Select(_ => Wait(turns)).ToList();
        var other = turns.Queue(new ProxyConnection(_lane, _connection.Listener, new FakeSocket("192.0.2.2"))).Task.AsTask();

        turns.Leave();
        Assert.True(await crowd[0]);
        Assert.False(other.IsCompleted);
        turns.Leave();
        Assert.True(await other);
        Assert.False(crowd[1].IsCompleted);

        for (var i = 1; i < crowd.Count; i++)
        {
            turns.Leave();
            Assert.True(await crowd[i]);
        }

        turns.Leave();
        Assert.Equal(0, turns.Running);
    }

    [Fact]
    public async Task Leave_WaiterHasGivenUp_IsPassedOver()
    {
        var turns = new HandshakeTurns(1);
        Assert.True(turns.TryEnter());
        var gone = turns.Queue(_connection);
        var ended = gone.Task.AsTask();
        var next = Wait(turns);

        gone.GiveUp();
        turns.Leave();

        Assert.False(await ended);
        Assert.True(await next);
        Assert.Equal(1, turns.Running);
    }

    [Fact]
    public async Task Queue_OneHasBecomeFree_IsGrantedAtOnce()
    {
        var turns = new HandshakeTurns(1);

        Assert.True(await Wait(turns));

        Assert.Equal(1, turns.Running);
    }

    [Fact]
    public async Task GiveUp_AfterGrant_IsTooLate()
    {
        var turns = new HandshakeTurns(1);
        var turn = turns.Queue(_connection);

        turn.GiveUp();

        Assert.True(await turn.Task);
    }

    /// <summary>Many come and go on many threads: never more than allowed, and everyone gets a turn.</summary>
    [Fact]
    public async Task Turns_ManyThreads_NeverMoreThanTheMost()
    {
        var turns = new HandshakeTurns(3);
        var inside = 0;
        var most = 0;
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(async () =>
        {
            if (!turns.TryEnter())
            {
                Assert.True(await turns.Queue(_connection).Task);
            }

            var now = Interlocked.Increment(ref inside);
            InterlockedMax(ref most, now);
            await Task.Yield();
            Interlocked.Decrement(ref inside);
            turns.Leave();
        })));

        Assert.InRange(most, 1, 3);
        Assert.Equal(0, turns.Running);
    }

    public ValueTask DisposeAsync() => _lane.DisposeAsync();

    private Task<bool> Wait(HandshakeTurns turns) => turns.Queue(_connection).Task.AsTask();

    private static void InterlockedMax(ref int most, int now)
    {
        for (var seen = Volatile.Read(ref most); now > seen && Interlocked.CompareExchange(ref most, now, seen) != seen;)
        {
            seen = Volatile.Read(ref most);
        }
    }
}
