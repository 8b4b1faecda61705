using System.Net;
using System.Net.Sockets;
using HaProxyNet.Connections;
using HaProxyNet.Tests.Connections;
using HaProxyNet.Tests.State;
using HaProxyNet.Transport.Managed;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Tests.Transport.Managed;

public sealed class ManagedConnectTests
{
    private const int Rounds = 200;
    private static readonly long _hour = 3600 * TimeProvider.System.TimestampFrequency;

    /// <summary>A destination that accepts in the moment in which the attempt is given up must not be told of an orderly end.</summary>
    [Fact]
    public async Task Abort_SystemHasConnectedAlready_DestinationIsReset()
    {
        using var listening = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listening.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listening.Listen();
        await using var lane = new ManagedLane(TimeProvider.System);
        var connection = LoneConnection.On(lane, TimeProvider.System);
        var givenUp = 0;
        for (var round = 0; round < Rounds; round++)
        {
            using var attempt = new ManagedConnect(
                connection, (IPEndPoint)listening.LocalEndPoint!, timeout: _hour, patienceEnds: 0, TimeProvider.System);
            var running = attempt.RunAsync();
            attempt.Abort(ConnectionOutcome.ClosedByAdmin);
            var status = await running;
            attempt.Discard();
            givenUp += status is ConnectStatus.Aborted ? 1 : 0;
            while (listening.Poll(0, SelectMode.SelectRead))
            {
                using var accepted = await listening.AcceptAsync(TestContext.Current.CancellationToken);
                if (status is ConnectStatus.Connected)
                {
                    continue;
                }

                var end = await Assert.ThrowsAsync<SocketException>(
                    () => accepted.ReceiveAsync(new byte[1], SocketFlags.None, TestContext.Current.CancellationToken).AsTask());
                Assert.Equal(SocketError.ConnectionReset, end.SocketErrorCode);
            }
        }

        Assert.NotEqual(0, givenUp);
    }

    /// <summary>The answer is there, and the thread pool has not told it yet: another destination would be tried for nothing.</summary>
    [Fact]
    public async Task LosePatienceAndExpire_SystemHasConnectedAlready_NeitherSlowNorTimedOut()
    {
        using var listening = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listening.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listening.Listen(Rounds);
        await using var lane = new ManagedLane(TimeProvider.System);
        var connection = LoneConnection.On(lane, TimeProvider.System);
        var connected = 0;
        for (var round = 0; round < Rounds; round++)
        {
            using var attempt = Attempt(connection, (IPEndPoint)listening.LocalEndPoint!);
            var running = attempt.RunAsync();
            attempt.LosePatience();
            attempt.Expire();
            var status = await running;
            attempt.Discard();
            connected += status is ConnectStatus.Connected ? 1 : 0;
        }

        // Not each one: now and then the system itself takes a moment.
        Assert.InRange(connected, Rounds / 2, Rounds);
    }

    /// <summary>The process was paused, and its timers were there first: nobody was asked yet.</summary>
    [Fact]
    public async Task LosePatienceAndExpire_NotSentYet_Connects()
    {
        using var listening = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listening.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listening.Listen();
        await using var lane = new ManagedLane(TimeProvider.System);
        using var attempt = Attempt(LoneConnection.On(lane, TimeProvider.System), (IPEndPoint)listening.LocalEndPoint!);
        attempt.LosePatience();
        attempt.Expire();

        Assert.Equal(ConnectStatus.Connected, await attempt.RunAsync());
        attempt.Discard();
    }

    [Fact]
    public async Task LosePatienceAndExpire_NoAnswer_SlowAndThenTimedOut()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux: other systems refuse when the queue is full");
        using var silent = new SilentAddress();
        await using var lane = new ManagedLane(TimeProvider.System);
        using var attempt = Attempt(LoneConnection.On(lane, TimeProvider.System), IPEndPoint.Parse(silent.ToString()));
        var running = attempt.RunAsync();
        attempt.LosePatience();
        var status = await running;
        var ended = new TaskCompletionSource<ConnectStatus>(TaskCreationOptions.RunContinuationsAsynchronously);
        attempt.GoOn(over => ended.SetResult(over.Status));
        attempt.Expire();
        Assert.Equal((ConnectStatus.Slow, ConnectStatus.TimedOut), (status, await ended.Task));
    }

    private static ManagedConnect Attempt(ProxyConnection connection, IPEndPoint address)
        => new(connection, address, _hour, patienceEnds: 1, TimeProvider.System);
}
