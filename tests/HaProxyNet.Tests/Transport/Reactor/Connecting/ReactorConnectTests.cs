using System.Net;
using System.Net.Sockets;
using HaProxyNet.Tests.Connections;
using HaProxyNet.Tests.State;
using HaProxyNet.Transport.Native;
using HaProxyNet.Transport.Reactor;
using HaProxyNet.Transport.Reactor.Loop;
using HaProxyNet.Transport.Vocabulary;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Transport.Reactor.Connecting;

public sealed class ReactorConnectTests
{
    private const int Turns = 3;
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(10);

    /// <summary>The lane's time is that of its turn's beginning; the attempt is sent later.</summary>
    [Fact]
    public async Task RunAsync_ProcessWasPausedSinceTheTurnBegan_HasItsWholeTime()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The Reactor is for Linux.");
        using var silent = new SilentAddress();
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        var time = new FakeTimeProvider();
        using var lane = new ReactorLane(0, time, new ReactorLimits(NullLogger.Instance));
        var address = IPEndPoint.Parse(silent.ToString());
        var socket = lane.Register(Descriptor.Duplicate((int)client.SafeHandle.DangerousGetHandle()), RawAddress.From(address))!;
        var connection = LoneConnection.On(lane, time, socket);
        lane.Start();
        var begun = new TaskCompletionSource<Task<ConnectStatus>>(TaskCreationOptions.RunContinuationsAsynchronously);

        lane.Post(() =>
        {
            time.Advance(TimeSpan.FromHours(1));
            begun.SetResult(lane.ConnectAsync(connection, address, _timeout, patience: TimeSpan.Zero).AsTask());
        });
        var running = await begun.Task;
        for (var turn = 0; turn < Turns; turn++)
        {
            var turned = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lane.Post(turned.SetResult);
            await turned.Task;
        }

        Assert.False(running.IsCompleted);
        time.Advance(2 * _timeout);
        while (!running.IsCompleted)
        {
            // What is posted may be done in a turn that began before; the next one sees the time.
            lane.Post(() => { });
            await Task.Delay(TimeSpan.FromMilliseconds(10), TestContext.Current.CancellationToken);
        }

        Assert.Equal(ConnectStatus.TimedOut, await running);
    }
}
