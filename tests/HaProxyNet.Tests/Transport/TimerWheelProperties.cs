using CsCheck;
using HaProxyNet.Transport;

namespace HaProxyNet.Tests.Transport;

/// <summary>The wheel against the plainest model of it: a list of due times.</summary>
public sealed class TimerWheelProperties
{
    private const long Step = 10;

    [Fact]
    public void RandomStartsStopsAndAdvances_FireExactlyWhatIsDue()
        => Gen.Select(Gen.Int[0, 9], Gen.Int[0, 12_000], Gen.Int[0, 100]).Array[1, 200].Sample(
            steps =>
            {
                var (now, nextId) = (1_000L, 0);
                var wheel = new TimerWheel(Step, now);
                var running = new SortedDictionary<int, (WheelTimer Timer, long Due)>();
                foreach (var (kind, amount, pick) in steps)
                {
                    if (kind < 5)
                    {
                        var id = nextId++;
                        running[id] = (wheel.Start(new Target(() => Assert.True(running.Remove(id))), now + amount), now + amount);
                    }
                    else if (kind < 7 && running.Count > 0)
                    {
                        var id = running.Keys.ElementAt(pick % running.Count);
                        wheel.Stop(running[id].Timer);
                        running.Remove(id);
                    }
                    else
                    {
                        now += amount;
                        wheel.Advance(now);
                    }

                    Assert.Equal(running.Count, wheel.Count);
                    Assert.All(running.Values, r => Assert.True(r.Due > now - (2 * Step), "It should have fired."));
                    Assert.True(
                        running.Count == 0 || wheel.NextDue() <= running.Values.Min(r => r.Due) + (2 * Step), "The next look is too late.");
                }
            },
            iter: 500);

    private sealed class Target(Action fired) : IWheelTarget
    {
        public void OnTimer() => fired();
    }
}
