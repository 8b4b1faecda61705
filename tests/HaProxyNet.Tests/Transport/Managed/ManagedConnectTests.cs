using System.Net;
using System.Net.Sockets;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Managed;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Tests.Transport.Managed;

public sealed class ManagedConnectTests
{
    private const int Rounds = 200;

    /// <summary>A destination that accepts in the moment in which the attempt is given up must not be told of an orderly end.</summary>
    [Fact]
    public async Task Cancel_SystemHasConnectedAlready_DestinationIsReset()
    {
        using var listening = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listening.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listening.Listen();
        var givenUp = 0;
        for (var round = 0; round < Rounds; round++)
        {
            using var attempt = new ManagedConnect(
                (IPEndPoint)listening.LocalEndPoint!, SilenceLimits.From(TimeSpan.Zero), deadline: long.MaxValue, patienceEnds: 0);
            var running = attempt.RunAsync();
            attempt.Cancel(ConnectStatus.ClientGone);
            var (status, socket) = await running;
            socket?.Dispose();
            givenUp += status is ConnectStatus.ClientGone ? 1 : 0;
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
        var connected = 0;
        for (var round = 0; round < Rounds; round++)
        {
            using var attempt = Impatient(listening);
            var running = attempt.RunAsync();
            attempt.LosePatience();
            attempt.Expire();
            var (status, _) = await running;
            var (_, socket) = await attempt.Ended;
            socket?.Dispose();
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
        var waiting = new List<ManagedConnect>();
        var status = ConnectStatus.Connected;
        while (status is ConnectStatus.Connected && waiting.Count < Rounds)
        {
            waiting.Add(Impatient(silent));
            var running = waiting[^1].RunAsync();
            await Task.WhenAny(waiting[^1].Ended, Task.Delay(100, TestContext.Current.CancellationToken));
            waiting[^1].LosePatience();
            (status, var socket) = await running;
            waiting[^1].Expire();
            socket?.Dispose();
        }

        var (ended, _) = await waiting[^1].Ended;
        waiting.ForEach(attempt => attempt.Dispose());
        Assert.Equal((ConnectStatus.Slow, ConnectStatus.TimedOut), (status, ended));
    }

    private static ManagedConnect Impatient(Socket listening)
        => new((IPEndPoint)listening.LocalEndPoint!, SilenceLimits.From(TimeSpan.Zero), deadline: long.MaxValue, patienceEnds: 1);
}
