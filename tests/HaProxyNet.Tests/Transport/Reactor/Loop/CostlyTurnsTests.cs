using HaProxyNet.Transport.Reactor;
using HaProxyNet.Transport.Reactor.Loop;
using Microsoft.Extensions.Logging.Abstractions;

namespace HaProxyNet.Tests.Transport.Reactor.Loop;

/// <summary>A flood of handshakes must not starve the relays of its lane.</summary>
public sealed class CostlyTurnsTests
{
    private const int Handshakes = 50;

    [Fact]
    public async Task ContinueInTurn_MuchCostlyWork_OthersHaveTheirTurnBetweenEachTwo()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux: the Reactor runs nowhere else");
        using var lane = new ReactorLane(0, TimeProvider.System, new ReactorLimits(NullLogger.Instance));
        lane.Start();
        var order = new List<string>();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = Handshakes;
        var relay = new Taker("relay", order);
        relay.Then = () =>
        {
            if (left > 0)
            {
                lane.ContinueLater(relay);
            }
        };

        await lane.RunAsync(() =>
        {
            lane.ContinueLater(relay);
            for (var i = 0; i < Handshakes; i++)
            {
                lane.ContinueInTurn(new Taker("handshake", order)
                {
                    Then = () =>
                    {
                        if (--left == 0)
                        {
                            done.SetResult();
                        }
                    },
                });
            }
        });
        await done.Task;

        Assert.Equal(Handshakes, order.Count(o => o == "handshake"));
        Assert.DoesNotContain(order.Zip(order.Skip(1)), pair => pair is ("handshake", "handshake"));
    }

    private sealed class Taker(string name, List<string> order) : ITurnTaker
    {
        public Action Then { get; set; } = static () => { };

        public void Continue()
        {
            order.Add(name);
            Then();
        }
    }
}
