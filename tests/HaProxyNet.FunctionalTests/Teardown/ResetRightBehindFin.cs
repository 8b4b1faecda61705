using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Teardown;

/// <summary>
/// The client's FIN and the destination's reset meet in the proxy: a reset without an answer must not look like an end of data.
/// </summary>
public sealed class ResetRightBehindFin : Scenario
{
    private const int Rounds = 1000;

    [Theory, ClassData<Engines>]
    public async Task Teardown_DestinationResetsAsClientFinPasses_ClientIsReset(EngineKind engine)
    {
        await StartAsync(engine, TestDestination.Serving("primary", async agent =>
        {
            await agent.ExpectAsync("ping");
            agent.Reset();
        }));

        await Parallel.ForAsync(0, Rounds, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, _) =>
        {
            using var client = await Proxy.ConnectAsync();
            await client.SendAsync("ping");
            client.FinishSending();
            await client.ExpectResetAsync();
        });

        Assert.All(await Proxy.LinesAsync(Rounds), line => Assert.Equal("destination_reset", line.Outcome));
    }
}
