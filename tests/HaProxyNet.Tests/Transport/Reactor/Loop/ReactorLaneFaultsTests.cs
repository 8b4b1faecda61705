using HaProxyNet.Telemetry;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Reactor;
using HaProxyNet.Transport.Reactor.Loop;
using Microsoft.Extensions.Logging.Abstractions;

namespace HaProxyNet.Tests.Transport.Reactor.Loop;

/// <summary>A lane carries thousands of connections: what one of them throws ends its step, and not the thread.</summary>
public sealed class ReactorLaneFaultsTests : IWheelTarget, ITurnTaker
{
    private readonly InternalFaults _faults = new();

    [Fact]
    public async Task Lane_WorkTimerAndTurnThrow_CountedAndTheLaneGoesOn()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The Reactor is for Linux.");
        using var lane = new ReactorLane(0, TimeProvider.System, new ReactorLimits(NullLogger.Instance), new ReportedLaneFaults(_faults));
        lane.Start();

        lane.Post(static () => throw new InvalidOperationException("posted work."));
        await lane.RunAsync(() =>
        {
            lane.ContinueLater(this);
            lane.StartTimer(this, lane.Now);
        });
        while (_faults[FaultPlace.LaneTimer] == 0)
        {
            // Not by work for the lane: its continuation would run on the lane, and keep the timers waiting.
            await Task.Delay(TimeSpan.FromMilliseconds(5), TestContext.Current.CancellationToken);
        }

        Assert.Equal((2L, 1L), (_faults[FaultPlace.LaneWork], _faults[FaultPlace.LaneTimer]));
    }

    void IWheelTarget.OnTimer() => throw new InvalidOperationException("a timer.");

    void ITurnTaker.Continue() => throw new InvalidOperationException("a turn.");
}
