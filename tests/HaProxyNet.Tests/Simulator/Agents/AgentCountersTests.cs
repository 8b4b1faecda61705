using System.Net.Sockets;
using System.Text;
using HaProxyNet.Simulator.Agents;
using HaProxyNet.Simulator.Clients;

namespace HaProxyNet.Tests.Simulator.Agents;

public sealed class AgentCountersTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Empty_ConnectionThatSendsNothing_IsCounted(bool resets)
    {
        await using var agent = await StartAsync();

        using (var client = await ConnectAsync(agent))
        {
            client.LingerState = new LingerOption(enable: resets, seconds: 0);
        }

        await Eventually.HoldsAsync(() => agent.Counters is { Accepted: 1, Empty: 1, Open: 0 }, "the empty connection is counted");
        Assert.Equal((0, 0), (agent.Counters.Incomplete, agent.Counters.Requests));
    }

    [Theory]
    [InlineData("\0\0")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("\0\0\0\u0003<a>")]
    public async Task Incomplete_PartOfARequestOrGarbage_IsCounted(string sent)
    {
        await using var agent = await StartAsync();

        using (var client = await ConnectAsync(agent))
        {
            await client.SendAsync(Encoding.Latin1.GetBytes(sent));
        }

        await Eventually.HoldsAsync(() => agent.Counters is { Accepted: 1, Incomplete: 1, Open: 0 }, "the broken connection is counted");
        Assert.Equal((0, 0), (agent.Counters.Empty, agent.Counters.Requests));
    }

    [Fact]
    public async Task Requests_Executed_AreCountedAndNamed()
    {
        await using var agent = await StartAsync();
        var client = new SimulatedClient(agent.EndPoint);
        var (once, twice) = (Rpc.Immediate(), Rpc.Immediate());

        await client.SendAsync(once);
        await client.SendAsync(twice);
        await client.SendAsync(twice);

        await Eventually.HoldsAsync(() => agent.Counters.Open == 0, "the connections end");
        Assert.Equal((3, 3, 1, 3, 0), (
            agent.Counters.Accepted,
            agent.Counters.Requests,
            agent.Counters.Duplicates,
            agent.Counters.RepliesSent,
            agent.Counters.InProgress));
        Assert.Equal(new Dictionary<string, int> { [once.Id] = 1, [twice.Id] = 2 }, agent.Ledger.CountById(agent.Options.Name));
    }

    [Fact]
    public async Task Reply_FromAnAgent_NamesIt()
    {
        await using var agent = await StartAsync(new SimulatedAgentOptions { Name = "primary", Host = "iqs1", Version = "8.4" });

        var result = await new SimulatedClient(agent.EndPoint).SendAsync(Rpc.Lasting(TimeSpan.FromMilliseconds(5), replySize: 1_000_000));

        Assert.Equal(
            ("primary", "iqs1", agent.EndPoint.Port, "8.4"),
            (result.Reply?.Agent.Name, result.Reply?.Agent.Host, result.Reply?.Agent.Port, result.Reply?.Agent.Version));
        Assert.Equal(1_000_000, result.Reply?.PaddingSize);
        Assert.InRange(result.Reply!.ServiceTime, TimeSpan.FromMilliseconds(1), result.TotalTime);
        Assert.InRange(result.ConnectTime!.Value, TimeSpan.Zero, result.FirstByteTime!.Value);
        Assert.InRange(result.FirstByteTime!.Value, TimeSpan.Zero, result.TotalTime);
    }

    private static async Task<SimulatedAgent> StartAsync(SimulatedAgentOptions? options = null)
    {
        var agent = new SimulatedAgent(options);
        await agent.StartAsync();
        return agent;
    }

    private static async Task<Socket> ConnectAsync(SimulatedAgent agent)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(agent.EndPoint);
        await Eventually.HoldsAsync(() => agent.Counters.Accepted == 1, "it is accepted");
        return socket;
    }
}
