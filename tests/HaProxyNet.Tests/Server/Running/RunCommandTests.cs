using System.Net;
using HaProxyNet.Simulator.Agents;
using HaProxyNet.Simulator.Clients;
using HaProxyNet.Tests.Simulator;

namespace HaProxyNet.Tests.Server.Running;

public sealed class RunCommandTests
{
    [Fact]
    public async Task SeveralFaults_EachOnError()
    {
        using var file = PairFile.Write("nowhere", "nowhere either", primary: "iqs1");

        var run = await CommandRun.OfAsync("run", "--config", file.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Equal(3, run.Error.Count);
        Assert.DoesNotContain(run.Error, line => line.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OneLineFormIncomplete_NamesTheOptions()
    {
        var run = await CommandRun.OfAsync("run", "--listen", "127.0.0.1:0");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["--primary", "--secondary"], run.Error.Select(line => line.Split(':')[0]));
    }

    [Fact]
    public async Task AdminWithoutListen_IsNotIgnored()
    {
        var run = await CommandRun.OfAsync("run", "--admin", "127.0.0.1:0");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(run.Error, line => line.StartsWith("--listen: is missing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task EndpointsTaken_EachIsNamed()
    {
        using var listen = new ClaimedPort();
        using var admin = new ClaimedPort();

        var run = await CommandRun.OfAsync(
            "run", "--listen", listen.EndPoint, "--primary", "127.0.0.1:1", "--secondary", "127.0.0.1:2", "--admin", admin.EndPoint);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            [$"--listen: {listen.EndPoint} is taken", $"--admin: {admin.EndPoint} is taken"],
            run.Error.Select(line => line[..line.IndexOf(" (", StringComparison.Ordinal)]));
    }

    [Fact]
    public async Task Valid_ServesUntilStopped()
    {
        await using var agent = new SimulatedAgent();
        await agent.StartAsync();
        var listen = ClaimedPort.Free();
        using var file = PairFile.Write(listen.ToString(), "127.0.0.1:0", agent.EndPoint.ToString());
        using var stop = new CancellationTokenSource();

        var running = CommandRun.UntilAsync(stop.Token, "run", "--config", file.Path);
        var result = await AnswerOfAsync(listen, running);
        await stop.CancelAsync();
        var run = await running;

        Assert.Equal(RpcOutcome.Ok, result.Outcome);
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task FileChanges_NewConnectionsGoToTheNewDestination()
    {
        await using var before = new SimulatedAgent(new SimulatedAgentOptions { Name = "before" });
        await using var after = new SimulatedAgent(new SimulatedAgentOptions { Name = "after" });
        await before.StartAsync();
        await after.StartAsync();
        var listen = ClaimedPort.Free();
        using var file = PairFile.Write(listen.ToString(), "127.0.0.1:0", before.EndPoint.ToString());
        using var stop = new CancellationTokenSource();

        var running = CommandRun.UntilAsync(stop.Token, "run", "--config", file.Path);
        var first = await AnswerOfAsync(listen, running);
        await File.WriteAllTextAsync(file.Path, PairFile.Json(listen.ToString(), "127.0.0.1:0", after.EndPoint.ToString()));
        RpcResult last;
        do
        {
            last = await AnswerOfAsync(listen, running);
        }
        while (last.Reply?.Agent.Name != "after");

        await stop.CancelAsync();
        var run = await running;

        Assert.Equal("before", first.Reply?.Agent.Name);
        Assert.Equal(0, run.ExitCode);
    }

    /// <summary>The answer to a request, as soon as the proxy listens.</summary>
    private static async Task<RpcResult> AnswerOfAsync(IPEndPoint proxy, Task running)
    {
        var client = new SimulatedClient(proxy);
        while (true)
        {
            var result = await client.SendAsync(Rpc.Immediate(), TestContext.Current.CancellationToken);
            if (result.Outcome is not RpcOutcome.ConnectFailed)
            {
                return result;
            }

            Assert.False(running.IsCompleted, "the proxy has ended");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
