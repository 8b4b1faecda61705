using HaProxyNet.Simulator.Agents;
using HaProxyNet.Simulator.Clients;
using HaProxyNet.Simulator.Load;
using HaProxyNet.Simulator.Workloads;

namespace HaProxyNet.Tests.Simulator;

public sealed class AgentLifeTests
{
    private static readonly TimeSpan _long = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Kill_RequestInProgress_IsResetAndThePortRefuses()
    {
        await using var agent = await StartAsync();
        var client = new SimulatedClient(agent.EndPoint);
        var interrupted = client.SendAsync(Rpc.Lasting(_long));
        await Eventually.HoldsAsync(() => agent.Counters.InProgress == 1, "the request is in progress");

        agent.Kill();

        Assert.Equal(RpcOutcome.Reset, (await interrupted).Outcome);
        Assert.Equal(RpcOutcome.ConnectFailed, (await client.SendAsync(Rpc.Immediate())).Outcome);
        Assert.False(agent.IsListening);
        await Eventually.HoldsAsync(() => agent.Counters is { Open: 0, InProgress: 0 }, "the connection is gone");
        Assert.Equal((1, 1, 0), (agent.Counters.Accepted, agent.Counters.Requests, agent.Counters.RepliesSent));
    }

    [Fact]
    public async Task Revive_AfterKill_ServesOnTheSamePortAtOnce()
    {
        await using var agent = await StartAsync();
        var (client, endPoint) = (new SimulatedClient(agent.EndPoint), agent.EndPoint);

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(RpcOutcome.Ok, (await client.SendAsync(Rpc.Immediate())).Outcome);
            agent.Kill();
            Assert.Equal(RpcOutcome.ConnectFailed, (await client.SendAsync(Rpc.Immediate())).Outcome);
            await agent.ReviveAsync();
            Assert.Equal(endPoint, agent.EndPoint);
        }

        Assert.Equal(20, agent.Counters.Requests);
    }

    [Fact]
    public async Task Kill_BeforeStartOrTwice_DoesNothing()
    {
        await using var agent = new SimulatedAgent();
        agent.Kill();
        await agent.StartAsync();
        agent.Kill();
        agent.Kill();

        Assert.False(agent.IsListening);
    }

    [Fact]
    public async Task StopListening_RequestInProgress_IsServedWhileNewOnesAreRefused()
    {
        await using var agent = await StartAsync();
        var client = new SimulatedClient(agent.EndPoint);
        var running = client.SendAsync(Rpc.Lasting(TimeSpan.FromMilliseconds(300)));
        await Eventually.HoldsAsync(() => agent.Counters.InProgress == 1, "the request is in progress");

        await agent.StopListeningAsync();

        Assert.Equal(RpcOutcome.ConnectFailed, (await client.SendAsync(Rpc.Immediate())).Outcome);
        Assert.Equal(RpcOutcome.Ok, (await running).Outcome);
    }

    [Fact]
    public async Task StopListening_UnderLoad_RefusesOrServesButResetsNobody()
    {
        await using var agent = await StartAsync();
        using var stop = new CancellationTokenSource();
        var load = new OpenLoopLoad(
            new SimulatedClient(agent.EndPoint),
            new OpenLoopLoadOptions { Rate = 500, Duration = _long, Workload = WorkloadProfile.Ping },
            [agent.Ledger]);
        var run = load.RunAsync(stop.Token);

        for (var i = 0; i < 20; i++)
        {
            var ok = load.Snapshot().Ok;
            await Eventually.HoldsAsync(() => load.Snapshot().Ok > ok + 2, "requests are served");
            await agent.StopListeningAsync();
            var refused = load.Snapshot().Failed;
            await Eventually.HoldsAsync(() => load.Snapshot().Failed > refused, "a request is refused");
            await agent.ReviveAsync();
        }

        await stop.CancelAsync();
        var report = await run;
        Assert.Equal([RpcOutcome.Ok, RpcOutcome.ConnectFailed], report.Outcomes.Keys);
        Assert.Equal((0, 0), (report.Duplicates, report.Unexecuted));
        Assert.Equal(report.Ok, agent.Counters.Accepted);
    }

    [Fact]
    public async Task Drain_RequestInProgress_WaitsForIt()
    {
        await using var agent = await StartAsync();
        var running = new SimulatedClient(agent.EndPoint).SendAsync(Rpc.Lasting(TimeSpan.FromMilliseconds(200)));
        await Eventually.HoldsAsync(() => agent.Counters.InProgress == 1, "the request is in progress");

        Assert.True(await agent.DrainAsync(_long));

        Assert.Equal((0, 1), (agent.Counters.Open, agent.Counters.RepliesSent));
        Assert.Equal(RpcOutcome.Ok, (await running).Outcome);
    }

    [Fact]
    public async Task Drain_LongerThanItsLimit_IsFalse()
    {
        await using var agent = await StartAsync();
        var running = new SimulatedClient(agent.EndPoint).SendAsync(Rpc.Lasting(_long));
        await Eventually.HoldsAsync(() => agent.Counters.InProgress == 1, "the request is in progress");

        Assert.False(await agent.DrainAsync(TimeSpan.FromMilliseconds(10)));

        agent.Kill();
        Assert.Equal(RpcOutcome.Reset, (await running).Outcome);
    }

    private static async Task<SimulatedAgent> StartAsync()
    {
        var agent = new SimulatedAgent();
        await agent.StartAsync();
        return agent;
    }
}
