using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.Nights;

/// <summary>
/// What goes wrong in a night, in an order that the seed chooses: one of two agents is killed or stopped and returned, the proxy itself is
/// paused, and a crowd asks its admin endpoint. At any time at most one agent is away, so that every request has somebody to go to.
/// </summary>
internal sealed class HostileNight(int seed, ProxyProcess proxy, IReadOnlyList<IqAgent> agents, string[] prefix)
{
    private readonly Random _chance = new(seed);
    private readonly List<Outage> _outages = [];

    public IReadOnlyList<Outage> Outages => _outages;

    public int Killed { get; private set; }

    public int Stopped { get; private set; }

    public int Paused { get; private set; }

    public int Floods { get; private set; }

    public async Task PassAsync(TimeSpan duration, CancellationToken cancellation)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < duration)
        {
            await NextAsync(cancellation);
            await PauseAsync(200, 1500, cancellation);
        }
    }

    private async Task NextAsync(CancellationToken cancellation)
    {
        var agent = agents[_chance.Next(agents.Count)];
        switch (_chance.Next(5))
        {
            case 0:
                Floods++;
                await using (var crowd = Crowd())
                {
                    await PauseAsync(1000, 4000, cancellation);
                }

                break;
            case 1:
                Paused++;
                proxy.Send(Signal.Stop);
                await PauseAsync(300, 3000, cancellation);
                proxy.Send(Signal.Continue);
                break;
            case 2:
                Stopped++;
                await AwayAsync(agent, () => Told(agent.Freeze), () => Told(agent.Thaw), cancellation);
                break;
            default:
                Killed++;
                await AwayAsync(agent, agent.KillAsync, agent.StartAsync, cancellation);
                break;
        }
    }

    private async Task AwayAsync(IqAgent agent, Func<Task> leave, Func<Task> comeBack, CancellationToken cancellation)
    {
        var from = DateTimeOffset.UtcNow;
        await leave();
        await PauseAsync(200, 4000, cancellation);
        await comeBack();
        _outages.Add(new(agent.Name, from, DateTimeOffset.UtcNow));
    }

    /// <summary>Three hundred connections that ask for the metrics as fast as they are answered.</summary>
    private ProcessUnderTest Crowd()
    {
        string[] wrk = [.. prefix, Requirement.Command("wrk"), "-t1", "-c300", "-d1m", $"{proxy.MetricsUrl}"];
        return new("crowd", wrk[0], wrk[1..]);
    }

    private static Task Told(Action act)
    {
        act();
        return Task.CompletedTask;
    }

    private Task PauseAsync(int least, int most, CancellationToken cancellation)
        => Task.Delay(TimeSpan.FromMilliseconds(_chance.Next(least, most)), cancellation);
}
