using HaProxyNet.Telemetry;
using HaProxyNet.Tests.Connections;
using HaProxyNet.Tls.Reencrypting;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Transport.Managed;
using HaProxyNet.Transport.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Tls.Reencrypting;

/// <summary>The clock ends a wait for a destination, not a wait for this process itself.</summary>
public sealed class RunningHandshakeTests : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _time = new();
    private readonly HungSession _session = new();
    private readonly ManagedLane _lane;
    private readonly WatchedHandshake _watched;
    private readonly RunningHandshake _handshake;
    private readonly TaskCompletionSource<ConnectStatus> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RunningHandshakeTests()
    {
        _lane = new ManagedLane(_time);
        var connection = LoneConnection.On(_lane, _time);
        _watched = new WatchedHandshake(connection, _session, _timeout, new InternalFaults());
        _handshake = new RunningHandshake(
            connection,
            _session,
            _watched,
            _patience,
            _timeout,
            result => result.Status is HandshakeStatus.Success ? ConnectStatus.Connected : ConnectStatus.TlsFailed);
    }

    [Fact]
    public async Task PatienceEnds_NoAnswer_Slow()
    {
        var running = _handshake.RunAsync().AsTask();
        Assert.False(running.IsCompleted);

        _time.Advance(_patience);

        Assert.Equal(ConnectStatus.Slow, await running);
    }

    [Fact]
    public async Task PatienceEnds_AnswerIsNotRead_NotSlow()
    {
        var running = _handshake.RunAsync().AsTask();
        _session.Wire.IsUnread = true;

        _time.Advance(_patience);
        _time.Advance(_patience);
        Assert.False(running.IsCompleted);
        _session.Succeed();

        Assert.Equal(ConnectStatus.Connected, await running);
    }

    [Fact]
    public async Task PatienceEnds_AnswerIsReadAndNoMoreComes_SlowAfterAsLongAgain()
    {
        var running = _handshake.RunAsync().AsTask();
        _session.Wire.IsUnread = true;
        _time.Advance(_patience);
        _session.Wire.IsUnread = false;
        Assert.False(running.IsCompleted);

        _time.Advance(_patience);

        Assert.Equal(ConnectStatus.Slow, await running);
    }

    [Fact]
    public async Task TimeEnds_AnswerIsNotRead_HasAsLongAgainOnce()
    {
        await BeSlowAsync();
        _session.Wire.IsUnread = true;

        _time.Advance(_timeout - _patience);
        Assert.False(_end.Task.IsCompleted);
        _time.Advance(_timeout);

        Assert.Equal(ConnectStatus.TlsFailed, await _end.Task);
    }

    [Fact]
    public async Task TimeEnds_NoAnswer_Failed()
    {
        await BeSlowAsync();

        _time.Advance(_timeout - _patience);

        Assert.Equal(ConnectStatus.TlsFailed, await _end.Task);
    }

    /// <summary>The same where its connection waits for it, and the lane has the clock.</summary>
    [Fact]
    public async Task Look_IsDueAndAnswerIsNotRead_HasAsLongAgainOnce()
    {
        var running = _watched.RunAsync().AsTask();
        _session.Wire.IsUnread = true;
        var due = _watched.Due;

        _watched.Look(due);
        Assert.Equal((false, due + _lane.ToTimestamp(_timeout)), (running.IsCompleted, _watched.Due));
        _watched.Look(_watched.Due);

        Assert.Equal(HandshakeStatus.TimedOut, (await running).Status);
    }

    public ValueTask DisposeAsync()
    {
        _session.Dispose();
        return _lane.DisposeAsync();
    }

    /// <summary>Its connection has gone on without it.</summary>
    private async Task BeSlowAsync()
    {
        var running = _handshake.RunAsync().AsTask();
        _time.Advance(_patience);
        Assert.Equal(ConnectStatus.Slow, await running);
        _handshake.GoOn(over => _end.SetResult(over.Status));
    }
}
