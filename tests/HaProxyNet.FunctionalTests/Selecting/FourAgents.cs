using System.Net;
using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Management;

namespace HaProxyNet.FunctionalTests.Selecting;

/// <summary>
/// Four agents in two groups of equals, priorities 0, 0, 1, 1: the second group is used when nothing of the first one is left.
/// </summary>
public sealed class FourAgents : Scenario
{
    private readonly List<TestDestination> _agents =
        [.. "abcd".Select(name => TestDestination.Serving($"{name}", Scripts.AnswerAsync($"<{name}>.")))];

    [Theory, ClassData<Engines>]
    public async Task RoundRobin_SharesWithinTheGroupThatIsUsed(EngineKind engine)
    {
        await StartAsync(engine, Setup("RoundRobin"), _agents);
        Assert.Equal([("a", 10), ("b", 10)], await SharesAsync(20));
        await StatusAndMetricAgreeAsync("a", "b");

        _agents[0].StopListening();
        Assert.Equal([("b", 20)], await SharesAsync(20));

        _agents[1].StopListening();
        Assert.Equal([("c", 10), ("d", 10)], await SharesAsync(20));

        _agents[1].Revive(Scripts.AnswerAsync("<b>."));
        await Eventually.TrueAsync(
            async () => (await Proxy.ScrapeAsync()).Sum("destination_up", "destination=b") == 1, () => "b is up again");
        Assert.Equal([("b", 20)], await SharesAsync(20));
    }

    [Theory, ClassData<Engines>]
    public async Task LeastConnections_FillsTheOneWithFewerOpen(EngineKind engine)
    {
        await StartAsync(
            engine, Setup("LeastConnections"), TestDestination.Echoing("a"), TestDestination.Echoing("b"), _agents[2], _agents[3]);
        for (var i = 0; i < 10; i++)
        {
            var client = await ConnectAsync();
            await client.SendAsync("held");
            await client.ExpectAsync("held");
        }

        var metrics = await Proxy.ScrapeAsync();
        Assert.Equal((5, 5), (metrics.Sum("connections_active", "destination=a"), metrics.Sum("connections_active", "destination=b")));
    }

    [Theory, ClassData<Engines>]
    public async Task SourceAddress_OneClient_AlwaysTheSameAgentUntilItGoes(EngineKind engine)
    {
        await StartAsync(engine, Setup("SourceAddress"), _agents);
        var (first, count) = Assert.Single(await SharesAsync(10));
        Assert.Equal(10, count);

        _agents[first[0] - 'a'].StopListening();

        Assert.Equal([(first == "a" ? "b" : "a", 10)], await SharesAsync(10));
    }

    /// <summary>On the loopback network a client can have any address of 127.0.0.0/8.</summary>
    [Theory, ClassData<Engines>]
    public async Task SourceAddress_ManyClients_OnlyThoseOfTheAgentThatGoesMoveAndStayWhereTheyWent(EngineKind engine)
    {
        await StartAsync(engine, Setup("SourceAddress"), _agents);
        var before = await AgentsOfAsync(clients: 60);
        Assert.Equal(["a", "b"], before.Distinct().Order());

        _agents[0].StopListening();
        var without = await AgentsOfAsync(clients: 60);
        Assert.All(without, agent => Assert.Equal("b", agent));

        _agents[0].Revive(Scripts.AnswerAsync("<a>."));
        await Eventually.TrueAsync(
            async () => (await Proxy.ScrapeAsync()).Sum("destination_up", "destination=a") == 1, () => "a is up again");
        Assert.Equal(without, await AgentsOfAsync(clients: 60));
    }

    /// <summary>Its connection is given to another agent at once, whichever that is: the client's next one goes there too.</summary>
    [Theory, ClassData<Engines>]
    public async Task SourceAddress_TheClientsAgentRefuses_StaysWithTheOneThatTookTheConnection(EngineKind engine)
    {
        var setup = Setup("SourceAddress");
        await StartAsync(engine, setup with
        {
            Cluster = setup.Cluster.ToDictionary(s => s.Key, s => s.Key.EndsWith("Priority", StringComparison.Ordinal) ? "0" : s.Value),
        }, _agents);

        for (var round = 0; round < 8; round++)
        {
            var agent = (await AgentsOfAsync(clients: 1))[0];
            _agents[agent[0] - 'a'].StopListening();
            var (first, second) = ((await AgentsOfAsync(clients: 1))[0], (await AgentsOfAsync(clients: 1))[0]);
            Assert.NotEqual(agent, first);
            Assert.Equal(first, second);

            _agents[agent[0] - 'a'].Revive(Scripts.AnswerAsync($"<{agent}>."));
            await Eventually.TrueAsync(
                async () => (await Proxy.ScrapeAsync()).Sum("destination_up", $"destination={agent}") == 1, () => $"{agent} is up again");
            Assert.Equal(first, (await AgentsOfAsync(clients: 1))[0]);
        }
    }

    /// <summary>What "active" means is answered in one place.</summary>
    private async Task StatusAndMetricAgreeAsync(params string[] active)
    {
        var metrics = await Proxy.ScrapeAsync();
        var destinations = Assert.Single(Proxy.Service<StatusReader>().Read().Clusters).Destinations;
        Assert.Equal(active, destinations.Where(d => d.Active).Select(d => d.Name));
        Assert.All(destinations, d => Assert.Equal(d.Active ? 1 : 0, metrics.Sum("active_destination", $"destination={d.Name}")));
    }

    private static ProxySetup Setup(string policy) => new()
    {
        DownInterval = TimeSpan.FromMilliseconds(50),
        Cluster = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Policy"] = policy,
            ["Health:HoldDown"] = "00:00:00",
            ["Destinations:0:Priority"] = "0",
            ["Destinations:1:Priority"] = "0",
            ["Destinations:2:Priority"] = "1",
            ["Destinations:3:Priority"] = "1",
        },
    };

    /// <summary>The agent that answered each of so many clients.</summary>
    private async Task<List<string>> AgentsOfAsync(int clients)
    {
        var agents = new List<string>();
        for (var i = 1; i <= clients; i++)
        {
            using var client = await Proxy.ConnectAsync(from: new IPAddress([127, 0, 9, (byte)i]));
            await client.SendAsync(Scripts.Request);
            agents.Add((await client.ReadToEndAsync()).Data[1..2]);
        }

        return agents;
    }

    /// <summary>How many of so many calls each agent answered.</summary>
    private async Task<IEnumerable<(string Agent, int Calls)>> SharesAsync(int calls)
    {
        var answers = new List<string>();
        for (var i = 0; i < calls; i++)
        {
            answers.Add(await CallAsync());
        }

        return answers.GroupBy(answer => answer[1..2]).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, group.Count()));
    }
}
