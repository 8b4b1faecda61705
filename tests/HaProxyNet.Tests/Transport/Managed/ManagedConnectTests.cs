using System.Net;
using System.Net.Sockets;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Connections;
using HaProxyNet.Listening;
using HaProxyNet.State;
using HaProxyNet.State.Selecting;
using HaProxyNet.Tests.Admission;
using HaProxyNet.Transport.Managed;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Tests.Transport.Managed;

public sealed class ManagedConnectTests
{
    private const int Rounds = 200;

    /// <summary>A destination that accepts in the moment in which the attempt is given up must not be told of an orderly end.</summary>
    [Fact]
    public async Task Abort_SystemHasConnectedAlready_DestinationIsReset()
    {
        using var listening = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listening.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listening.Listen();
        await using var lane = new ManagedLane(TimeProvider.System);
        var connection = Connection(lane);
        var givenUp = 0;
        for (var round = 0; round < Rounds; round++)
        {
            using var attempt = new ManagedConnect(
                connection, (IPEndPoint)listening.LocalEndPoint!, deadline: long.MaxValue, patienceEnds: 0, TimeProvider.System);
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
        var connection = Connection(lane);
        var connected = 0;
        for (var round = 0; round < Rounds; round++)
        {
            using var attempt = Attempt(connection, listening);
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

    /// <summary>Nobody takes connections from a listener whose queue is full: its system says nothing.</summary>
    [Fact]
    public async Task LosePatienceAndExpire_NoAnswer_SlowAndThenTimedOut()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux: other systems refuse when the queue is full");
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        silent.Listen(0);
        await using var lane = new ManagedLane(TimeProvider.System);
        var connection = Connection(lane);
        var waiting = new List<ManagedConnect>();
        var status = ConnectStatus.Connected;
        while (status is ConnectStatus.Connected && waiting.Count < Rounds)
        {
            waiting.Add(Attempt(connection, silent));
            var running = waiting[^1].RunAsync();
            waiting[^1].LosePatience();
            waiting[^1].Expire();
            status = await running;
        }

        var ended = new TaskCompletionSource<ConnectStatus>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting[^1].GoOn(attempt => ended.SetResult(attempt.Status));
        Assert.Equal((ConnectStatus.Slow, ConnectStatus.TimedOut), (status, await ended.Task));
        waiting.ForEach(attempt => attempt.Discard());
        waiting.ForEach(attempt => attempt.Dispose());
    }

    private static ManagedConnect Attempt(ProxyConnection connection, Socket listening)
    {
        var inAnHour = TimeProvider.System.GetTimestamp() + (3600 * TimeProvider.System.TimestampFrequency);
        return new(connection, (IPEndPoint)listening.LocalEndPoint!, inAnHour, patienceEnds: 1, TimeProvider.System);
    }

    private static ProxyConnection Connection(ManagedLane lane)
    {
        var options = new ClusterOptions();
        var cluster = new Cluster(
            "agents",
            ClusterPlan.From(options, [], TimeProvider.System.TimestampFrequency),
            DestinationSelector.Create(options, TimeProvider.System),
            new FailoverGroup(),
            TimeProvider.System);
        var rules = new AdmissionRules(AllowedClients.Parse([]), 1);
        var listener = new Listener("front", 0, l => new ListenerPlan(l, new IPEndPoint(IPAddress.Loopback, 0), cluster, rules));
        return new ProxyConnection(lane, listener, new FakeSocket("192.0.2.1")) { Cluster = cluster };
    }
}
