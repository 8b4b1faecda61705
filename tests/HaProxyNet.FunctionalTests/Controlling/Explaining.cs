using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Controlling;

/// <summary><c>explain</c> says what a connection then gets, and changes nothing.</summary>
public sealed class Explaining : ControlScenario
{
    private readonly List<TestDestination> _agents = [.. "abcd".Select(name => TestDestination.Echoing($"{name}"))];

    [Theory, ClassData<Engines>]
    public async Task RoundRobin_SaysWhoseTurnItIs_HoweverOftenAsked(EngineKind engine)
    {
        await StartAsync(engine, Setup with { Cluster = AllEqual("RoundRobin") }, _agents);
        for (var i = 0; i < 6; i++)
        {
            var first = await FirstAsync();
            Assert.Equal(first, await FirstAsync());
            await EchoCallAsync();
            Assert.Equal(first, (await Proxy.LinesAsync(i + 1))[i].Destination);
        }
    }

    [Theory, ClassData<Engines>]
    public async Task SourceAddress_SaysWhereTheClientGoes_AndRemembersNobody(EngineKind engine)
    {
        await StartAsync(engine, Setup with { Cluster = AllEqual("SourceAddress") }, _agents);
        var first = await FirstAsync("--client", "127.0.0.1");
        var without = await RunAsync("explain", "front");

        await EchoCallAsync();

        Assert.Equal(first, (await Proxy.LineAsync()).Destination);
        without.Expect("the client's address decides");
    }

    [Theory, ClassData<Engines>]
    public async Task EachDestination_HasItsReason(EngineKind engine)
    {
        Truth.DestinationsMayChange = true;
        await StartAsync(
            engine, Setup with { DownInterval = TimeSpan.FromHours(1) }, [await TestDestination.SilentAsync("a"), .. _agents[1..]]);
        Proxy.Report(Proxy.Cluster.Find("a")!, Evidence.Failed(HealthReason.TimedOut, TimeSpan.Zero));
        await RunAsync("drain", "agents/b");

        var text = (await RunAsync("explain", "front", "--sni", "x.example")).Expect("A connection to front: agents/c.");

        Assert.Contains("The server name 'x.example' does not decide", text, StringComparison.Ordinal);
        Assert.Contains("down (timeout): trying it would only make the client wait", text, StringComparison.Ordinal);
        Assert.Contains("an operator drains it; 'enable agents/b' puts it back", text, StringComparison.Ordinal);
        Assert.Contains("the most preferred one that is up", text, StringComparison.Ordinal);
        Assert.Contains("less preferred", text, StringComparison.Ordinal);
    }

    [Theory, ClassData<Engines>]
    public async Task FailbackWaits_IsToldOfThePreferredOne(EngineKind engine)
    {
        Truth.DestinationsMayChange = true;
        await StartAsync(
            engine,
            Setup with { Cluster = new Dictionary<string, string>(StringComparer.Ordinal) { ["Failback:Mode"] = "Manual" } },
            _agents[..2]);
        await RunAsync("drain", "agents/a");
        await RunAsync("enable", "agents/a");

        (await RunAsync("explain", "front")).Expect("more preferred, but Failback.Mode Manual has not let it take over yet");
    }

    [Theory, ClassData<Engines>]
    public async Task ServerName_DecidesWhereThereAreRoutes(EngineKind engine)
    {
        var setup = PassthroughSetup.OnlyRouted(_agents[1]) with { Folder = Folder };
        await StartAsync(engine, setup, _agents[0]);

        (await RunAsync("explain", "front", "--sni", "host.dmz.example")).Expect("A connection to front: second/b.");
        (await RunAsync("explain", "front", "--sni", "special.dmz.example")).Expect("A connection to front: agents/a.");
        (await RunAsync("explain", "front", "--sni", "elsewhere.example")).Expect(
            "front has no route for the server name 'elsewhere.example'");
        (await RunAsync("explain", "front")).Expect("front has no route for a client without a server name");
    }

    [Theory, ClassData<Engines>]
    public async Task ClientThatIsNotAllowed_IsResetAtTheDoor(EngineKind engine)
    {
        await StartAsync(engine, Setup with { AllowedClients = ["127.0.0.0/8"] }, _agents);

        (await RunAsync("explain", "front", "--client", "10.1.2.3")).Expect(
            "it is reset at the door: 10.1.2.3 is not in AllowedClients of front");
        (await RunAsync("explain", "front", "--client", "127.0.0.1")).Expect("agents/a");
    }

    private static Dictionary<string, string> AllEqual(string policy) => new(StringComparer.Ordinal) { ["Policy"] = policy };

    /// <summary>The destination that is tried first.</summary>
    private async Task<string> FirstAsync(params string[] more)
    {
        var lines = (await RunAsync(["explain", "front", .. more])).Expect("TRIED").Split(Environment.NewLine);
        return lines.Single(line => line.StartsWith("1 ", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
    }
}
