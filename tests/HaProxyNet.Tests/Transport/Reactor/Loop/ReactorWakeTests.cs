using HaProxyNet.Transport.Native;
using HaProxyNet.Transport.Reactor;
using HaProxyNet.Transport.Reactor.Loop;
using Microsoft.Extensions.Logging.Abstractions;

namespace HaProxyNet.Tests.Transport.Reactor.Loop;

public sealed class ReactorWakeTests
{
    private const ulong Data = 7;

    public ReactorWakeTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "The Reactor is for Linux.");

    /// <summary>The number of its descriptor is given to the next one that asks.</summary>
    [Fact]
    public void Ring_AfterClose_WritesToNobody()
    {
        var epoll = Libc.EpollCreate(Linux.EpollCloseOnExec);
        var wake = new ReactorWake(epoll, Data);
        wake.Close();
        var others = Enumerable.Range(0, 8).Select(_ => Libc.EventDescriptor(0, Linux.EventNonBlocking | Linux.EventCloseOnExec)).ToList();

        wake.Ring();

        Assert.All(others, descriptor => Assert.False(IsRung(descriptor)));
        others.ForEach(descriptor => Libc.Close(descriptor));
        _ = Libc.Close(epoll);
    }

    [Fact]
    public void Close_RungAndNotHeard_Ends()
    {
        var epoll = Libc.EpollCreate(Linux.EpollCloseOnExec);
        var wake = new ReactorWake(epoll, Data);
        wake.Ring();
        wake.Ring();

        wake.Close();

        _ = Libc.Close(epoll);
    }

    [Fact]
    public void Ring_OnceHeard_WakesAgain()
    {
        var epoll = Libc.EpollCreate(Linux.EpollCloseOnExec);
        var wake = new ReactorWake(epoll, Data);
        using var events = new EpollEvents(4);
        for (var time = 0; time < 3; time++)
        {
            wake.Ring();
            wake.Ring();

            Assert.Equal(1, events.Poll(epoll));
            Assert.Equal(Data, events[0].Data);
            wake.Heard();
            Assert.Equal(0, events.Poll(epoll));
        }

        wake.Close();
        _ = Libc.Close(epoll);
    }

    /// <summary>Alarms and probes still come when a lane has ended.</summary>
    [Fact]
    public async Task Dispose_WhileOthersPost_Ends()
    {
        for (var time = 0; time < 50; time++)
        {
            var lane = new ReactorLane(0, TimeProvider.System, new ReactorLimits(NullLogger.Instance));
            lane.Start();
            using var over = new CancellationTokenSource();
            var posting = Task.Run(() =>
            {
                while (!over.IsCancellationRequested)
                {
                    lane.Post(static () => { });
                }
            });

            lane.Dispose();

            await over.CancelAsync();
            await posting;
        }
    }

    private static unsafe bool IsRung(int descriptor)
    {
        ulong value;
        return Libc.Read(descriptor, &value, sizeof(ulong)) > 0;
    }
}
