using System.Net.Sockets;
using HaProxyNet.Simulator.Agents;
using HaProxyNet.Simulator.Clients;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Simulator.Agents;

public sealed class AcceptModeTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Serial_EmptyConnection_BlocksTheNextOneFor15Seconds()
    {
        await using var agent = await StartAsync(AcceptMode.Serial);
        using var empty = await ConnectAsync(agent);
        var start = _time.GetTimestamp();

        var blocked = new SimulatedClient(agent.EndPoint).SendAsync(Rpc.Immediate());
        await Eventually.HoldsAsync(() => agent.Counters.Accepted == 2, "both are accepted");
        Assert.Equal(0, agent.Counters.Requests);
        await Eventually.HoldsAsync(() => blocked.IsCompleted, "the second is served", () => _time.Advance(TimeSpan.FromMilliseconds(500)));

        Assert.Equal(RpcOutcome.Ok, (await blocked).Outcome);
        Assert.InRange(_time.GetElapsedTime(start), TimeSpan.FromSeconds(15), TimeSpan.MaxValue);
        Assert.InRange(agent.Counters.LongestQueueWait, TimeSpan.FromSeconds(15), TimeSpan.MaxValue);
        Assert.Equal((1, 1), (agent.Counters.Empty, agent.Counters.Requests));
    }

    [Fact]
    public async Task Serial_EmptyConnectionThatCloses_BlocksNobody()
    {
        await using var agent = await StartAsync(AcceptMode.Serial);
        (await ConnectAsync(agent)).Dispose();

        Assert.Equal(RpcOutcome.Ok, (await new SimulatedClient(agent.EndPoint).SendAsync(Rpc.Immediate())).Outcome);
    }

    [Fact]
    public async Task FixedPool_AsManyEmptyConnectionsAsWorkers_BlockTheNextOne()
    {
        await using var agent = await StartAsync(AcceptMode.FixedPool(2));
        var client = new SimulatedClient(agent.EndPoint);
        using var first = await ConnectAsync(agent);
        Assert.Equal(RpcOutcome.Ok, (await client.SendAsync(Rpc.Immediate())).Outcome);
        var second = await ConnectAsync(agent);

        var blocked = client.SendAsync(Rpc.Immediate());
        await Eventually.HoldsAsync(() => agent.Counters.Accepted == 4, "all are accepted");
        Assert.Equal(1, agent.Counters.Requests);
        Assert.False(blocked.IsCompleted);
        second.Dispose();

        Assert.Equal(RpcOutcome.Ok, (await blocked).Outcome);
    }

    [Fact]
    public async Task ThreadPerConnection_EmptyConnections_BlockNobody()
    {
        await using var agent = await StartAsync(AcceptMode.ThreadPerConnection);
        using var first = await ConnectAsync(agent);
        using var second = await ConnectAsync(agent);

        Assert.Equal(RpcOutcome.Ok, (await new SimulatedClient(agent.EndPoint).SendAsync(Rpc.Immediate())).Outcome);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void FixedPool_NoWorker_Throws(int workers) => Assert.Throws<ArgumentOutOfRangeException>(() => AcceptMode.FixedPool(workers));

    private async Task<SimulatedAgent> StartAsync(AcceptMode mode)
    {
        var agent = new SimulatedAgent(new SimulatedAgentOptions { AcceptMode = mode }, time: _time);
        await agent.StartAsync();
        return agent;
    }

    private static async Task<Socket> ConnectAsync(SimulatedAgent agent)
    {
        var before = agent.Counters.Accepted;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(agent.EndPoint);
        await Eventually.HoldsAsync(() => agent.Counters.Accepted > before, "it is accepted");
        return socket;
    }
}
