using System.Net.Sockets;
using HaProxyNet.Simulator.Agents;
using HaProxyNet.Simulator.Clients;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Simulator.Agents;

public sealed class AgentFaultTests
{
    [Theory]
    [InlineData(AgentFault.FinBeforeReply, RpcOutcome.ClosedBeforeReply)]
    [InlineData(AgentFault.ResetInMidReply, RpcOutcome.Reset)]
    [InlineData(AgentFault.TruncatedReply, RpcOutcome.Truncated)]
    public async Task Reply_Faulty_IsSeenByTheClientAndCountsAsExecuted(AgentFault fault, RpcOutcome outcome)
    {
        await using var agent = await StartAsync(fault);
        var request = Rpc.Immediate();

        var result = await new SimulatedClient(agent.EndPoint).SendAsync(request);

        Assert.Equal(outcome, result.Outcome);
        await Eventually.HoldsAsync(() => agent.Counters.Open == 0, "the connection ends");
        Assert.Equal(
            (1, 1, 0, 0), (agent.Counters.Accepted, agent.Counters.Requests, agent.Counters.RepliesSent, agent.Counters.InProgress));
        Assert.Equal([agent.Options.Name], agent.Ledger.ExecutionsOf(request.Id));
    }

    [Fact]
    public async Task Reply_SlowDrip_ComesInPiecesWithPauses()
    {
        var time = new FakeTimeProvider();
        await using var agent = new SimulatedAgent(
            new SimulatedAgentOptions { Fault = AgentFault.SlowDrip, DripSize = 500, DripInterval = TimeSpan.FromSeconds(1) }, time: time);
        await agent.StartAsync();
        var start = time.GetTimestamp();

        var rpc = new SimulatedClient(agent.EndPoint).SendAsync(Rpc.Immediate(replySize: 2_000));
        await Eventually.HoldsAsync(() => rpc.IsCompleted, "the reply is whole", () => time.Advance(TimeSpan.FromMilliseconds(500)));

        Assert.Equal(RpcOutcome.Ok, (await rpc).Outcome);
        Assert.InRange(time.GetElapsedTime(start), TimeSpan.FromSeconds(4), TimeSpan.MaxValue);
    }

    [Fact]
    public async Task Connection_AcceptThenSilence_IsNeverAnsweredNorExecuted()
    {
        await using var agent = await StartAsync(AgentFault.AcceptThenSilence);

        var result = await NewHastyClient(agent).SendAsync(Rpc.Immediate());

        Assert.Equal(RpcOutcome.TimedOut, result.Outcome);
        Assert.NotNull(result.ConnectTime);
        await Eventually.HoldsAsync(() => agent.Counters.Open == 0, "the connection ends");
        Assert.Equal((1, 1, 0, 0), (agent.Counters.Accepted, agent.Counters.Incomplete, agent.Counters.Empty, agent.Counters.Requests));
    }

    [Fact]
    public async Task Connection_HungHandshake_GetsTheBeginningOfAServerHelloOnly()
    {
        await using var agent = await StartAsync(AgentFault.HungHandshake);
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(agent.EndPoint);
        await client.SendAsync(new byte[] { 22, 3, 1, 2, 0, 1 });

        var received = new byte[100];
        var count = await client.ReceiveAsync(received);

        Assert.Equal([22, 3, 3, 0, 122, 2, 0], received[..count]);
        client.Dispose();
        await Eventually.HoldsAsync(() => agent.Counters is { Open: 0, Incomplete: 1 }, "the connection ends and is counted");
    }

    [Fact]
    public async Task Connect_Refuse_FailsAtOnceUntilTheFaultIsGone()
    {
        await using var agent = await StartAsync(AgentFault.None);
        var client = new SimulatedClient(agent.EndPoint);

        await agent.SetFaultAsync(AgentFault.Refuse);
        Assert.Equal(RpcOutcome.ConnectFailed, (await client.SendAsync(Rpc.Immediate())).Outcome);
        await agent.SetFaultAsync(AgentFault.None);
        Assert.Equal(RpcOutcome.Ok, (await client.SendAsync(Rpc.Immediate())).Outcome);
    }

    [Fact]
    public async Task Connect_StopAnsweringSyn_GetsNoAnswerUntilTheFaultIsGone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "elsewhere than on Linux a full backlog refuses");
        await using var agent = await StartAsync(AgentFault.None);

        await agent.SetFaultAsync(AgentFault.StopAnsweringSyn);
        var result = await NewHastyClient(agent).SendAsync(Rpc.Immediate());
        Assert.Equal(RpcOutcome.TimedOut, result.Outcome);
        Assert.Null(result.ConnectTime);

        await agent.SetFaultAsync(AgentFault.None);
        Assert.Equal(RpcOutcome.Ok, (await new SimulatedClient(agent.EndPoint).SendAsync(Rpc.Immediate())).Outcome);
        Assert.Equal(1, agent.Counters.Accepted);
    }

    [Fact]
    public async Task Fault_ChangedAtRunTime_IsThatOfTheNextRequest()
    {
        await using var agent = await StartAsync(AgentFault.None);
        var client = new SimulatedClient(agent.EndPoint);

        Assert.Equal(RpcOutcome.Ok, (await client.SendAsync(Rpc.Immediate())).Outcome);
        await agent.SetFaultAsync(AgentFault.TruncatedReply);
        Assert.Equal(RpcOutcome.Truncated, (await client.SendAsync(Rpc.Immediate())).Outcome);
        await agent.SetFaultAsync(AgentFault.None);
        Assert.Equal(RpcOutcome.Ok, (await client.SendAsync(Rpc.Immediate())).Outcome);
    }

    private static async Task<SimulatedAgent> StartAsync(AgentFault fault)
    {
        var agent = new SimulatedAgent(new SimulatedAgentOptions { Fault = fault });
        await agent.StartAsync();
        return agent;
    }

    private static SimulatedClient NewHastyClient(SimulatedAgent agent) =>
        new(new SimulatedClientOptions { Target = agent.EndPoint, Timeout = TimeSpan.FromMilliseconds(200) });
}
