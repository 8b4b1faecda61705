using HaProxyNet.Simulator.Agents;
using HaProxyNet.Simulator.Clients;
using HaProxyNet.Simulator.Framing;
using HaProxyNet.Simulator.Load;
using HaProxyNet.Simulator.Workloads;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Simulator.Load;

public sealed class OpenLoopLoadTests
{
    private static readonly OpenLoopLoadOptions _brief = new()
    {
        Rate = 500,
        Duration = TimeSpan.FromMilliseconds(200),
        Workload = WorkloadProfile.Ping,
    };

    [Fact]
    public async Task Run_HealthyAgent_SendsRateTimesDurationAndFindsEachExecutedOnce()
    {
        await using var agent = await StartAsync("primary");

        var report = await new OpenLoopLoad(new SimulatedClient(agent.EndPoint), _brief, [agent.Ledger]).RunAsync();

        Assert.Equal((100, 100, 0, 0), (report.Sent, report.Ok, report.Failed, report.InFlight));
        Assert.Equal((0, 0), (report.Duplicates, report.Unexecuted));
        Assert.Equal((100, 100), (report.TotalWait.Count, report.AddedWait.Count));
        Assert.Equal(100, report.ByAgent["primary"]);
        Assert.StartsWith("rpcs=100 failed=0 duplicates=0 ", report.ToLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NobodyListens_CountsEveryRequestAsFailed()
    {
        await using var agent = await StartAsync("primary");
        agent.Kill();

        var report = await new OpenLoopLoad(new SimulatedClient(agent.EndPoint), _brief, [agent.Ledger]).RunAsync();

        Assert.Equal((100, 0, 100), (report.Sent, report.Ok, report.Failed));
        Assert.Equal(100, report.Outcomes[RpcOutcome.ConnectFailed]);
        Assert.NotNull(report.FirstError);
    }

    [Fact]
    public async Task Run_SameIdAlsoExecutedElsewhere_IsADuplicate()
    {
        await using var agent = await StartAsync("primary");
        var elsewhere = new RequestLedger();
        elsewhere.Record("secondary", "run-7");

        var report =
            await new OpenLoopLoad(new SimulatedClient(agent.EndPoint), _brief with { Run = "run" }, [agent.Ledger, elsewhere]).RunAsync();

        Assert.Equal(1, report.Duplicates);
    }

    [Fact]
    public async Task Run_AnsweredButInNoLedger_IsUnexecuted()
    {
        await using var agent = await StartAsync("primary");

        var report = await new OpenLoopLoad(new SimulatedClient(agent.EndPoint), _brief, [new RequestLedger()]).RunAsync();

        Assert.Equal(100, report.Unexecuted);
    }

    [Fact]
    public async Task Run_MoreUnderWayThanAllowed_DoesNotWaitButCountsAsFailed()
    {
        await using var agent = await StartAsync("primary", AgentFault.AcceptThenSilence);
        var time = new FakeTimeProvider();
        var options = new SimulatedClientOptions { Target = agent.EndPoint };
        var load = new OpenLoopLoad(new SimulatedClient(options, time), _brief with { MaxInFlight = 10 });

        var run = load.RunAsync();
        await Eventually.HoldsAsync(() => load.Snapshot().Sent == 100, "all were due");
        time.Advance(options.Timeout);
        var report = await run;

        Assert.Equal((10, 90), (report.Outcomes[RpcOutcome.TimedOut], report.Outcomes[RpcOutcome.NotSent]));
    }

    [Fact]
    public async Task Run_GeneratorStalls_WaitsCountFromWhenRequestsWereDue()
    {
        await using var agent = await StartAsync("primary");
        var time = new FakeTimeProvider();
        var load = new OpenLoopLoad(new SimulatedClient(agent.EndPoint), new OpenLoopLoadOptions
        {
            Rate = 1,
            Duration = TimeSpan.FromSeconds(4),
            Workload = WorkloadProfile.Ping,
        }, time: time);
        var run = load.RunAsync();
        await Eventually.HoldsAsync(() => load.Snapshot().Sent == 1, "the first is sent at once");

        // The clock jumps over the second, third and fourth.
        time.Advance(TimeSpan.FromSeconds(5));
        var report = await run;

        Assert.Equal(4, report.Ok);
        Assert.Equal(TimeSpan.FromSeconds(4), report.SendDelay.Max);
        Assert.InRange(report.TotalWait.Max, TimeSpan.FromSeconds(4), TimeSpan.MaxValue);
        Assert.InRange(report.TotalWait.P50, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3.03));
        Assert.True(report.AddedWait.Max < TimeSpan.FromSeconds(4), "the generator's delay is not the system's");
    }

    [Fact]
    public void Ended_SuccessfulRequest_AddedWaitIsTotalWithoutTheAgentsTime()
    {
        var tally = new LoadTally([]);
        var reply = new RpcReply(
            "1", RpcOperation.Modify, new AgentIdentity("a", "h", 1, "v"), TimeSpan.FromMilliseconds(70), TimeSpan.FromMilliseconds(20), 0);

        tally.Due();
        tally.Ended(
            new RpcResult { Id = "1", Outcome = RpcOutcome.Ok, TotalTime = TimeSpan.FromMilliseconds(100), Reply = reply },
            delay: TimeSpan.FromMilliseconds(5));

        var report = tally.Read(TimeSpan.FromSeconds(1), audit: true);
        Assert.Equal((105, 10), (report.TotalWait.Max.TotalMilliseconds, report.AddedWait.Max.TotalMilliseconds));
    }

    [Fact]
    public void Next_SameSeed_MakesTheSameRequests()
    {
        var (first, second) =
            (new RequestSource(WorkloadProfile.Typical, seed: 7, run: "r"), new RequestSource(WorkloadProfile.Typical, seed: 7, run: "r"));

        Assert.Equal(Enumerable.Range(0, 500).Select(_ => first.Next()), Enumerable.Range(0, 500).Select(_ => second.Next()));
    }

    [Fact]
    public void Next_TypicalWorkload_HasTheUsualDurationsAndSizes()
    {
        var source = new RequestSource(WorkloadProfile.Typical, seed: 1);
        var requests = Enumerable.Range(0, 20_000).Select(_ => source.Next()).ToArray();

        Assert.All(
            requests.Where(request => request.Operation is RpcOperation.DoNothing),
            request => Assert.InRange(request.Work.TotalMilliseconds, 5, 50));
        Assert.All(
            requests.Where(request => request.Operation is RpcOperation.Script),
            request => Assert.InRange(request.Work.TotalSeconds, 5, 60));
        Assert.All(
            requests.Where(request => request.Operation is RpcOperation.Aggregate), request => Assert.Equal(1_000_000, request.ReplySize));
        Assert.InRange(requests.Count(request => request.Operation is RpcOperation.Modify), 1_600, 2_000);
        Assert.InRange(requests.Select(request => request.PaddingSize).Order().ElementAt(10_000), 7_200, 7_800);
    }

    private static async Task<SimulatedAgent> StartAsync(string name, AgentFault fault = AgentFault.None)
    {
        var agent = new SimulatedAgent(new SimulatedAgentOptions { Name = name, Fault = fault });
        await agent.StartAsync();
        return agent;
    }
}
