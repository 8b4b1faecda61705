using HaProxyNet.Transport.Native;
using HaProxyNet.Transport.Reactor;
using HaProxyNet.Transport.Reactor.Listening;
using HaProxyNet.Transport.Reactor.Loop;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;

namespace HaProxyNet.Tests.Transport.Reactor.Loop;

/// <summary>
/// A system that does not know EPOLLEXCLUSIVE (Linux before 4.5) says EINVAL. Every Linux says the same when the descriptor is an epoll
/// instance (epoll_ctl(2)), which is how it is had here.
/// </summary>
public sealed class ReactorLaneListenersTests
{
    private readonly FakeLogger _log = new();

    [Fact]
    public void StartAccepting_ExclusiveRefused_AcceptsWithoutItAndSaysSoOnce()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The Reactor is for Linux.");
        using var lane = new ReactorLane(0, TimeProvider.System, new ReactorLimits(_log));
        int[] refusing = [Libc.EpollCreate(Linux.EpollCloseOnExec), Libc.EpollCreate(Linux.EpollCloseOnExec)];

        var errors = refusing.Select(descriptor =>
            lane.StartAccepting(new ReactorAcceptor(lane, descriptor, limits: default, sink: null!, NullLogger.Instance)));

        Assert.Equal([0, 0], errors);
        Assert.Contains("EPOLLEXCLUSIVE", Assert.Single(_log.Collector.GetSnapshot()).Message, StringComparison.Ordinal);
        Assert.All(refusing, descriptor => Libc.Close(descriptor));
    }
}
