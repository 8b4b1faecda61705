using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Operating;

/// <summary>A stage of one connection throws: that connection is reset and counted, and the next one is served.</summary>
public sealed class FaultInAStage : Scenario
{
    private int _thrown;

    [Theory, ClassData<Engines>]
    public async Task StageThrows_ThatConnectionIsReset_AndTheNextIsServed(EngineKind engine)
    {
        Truth.ApplicationMayFail = true;
        await StartAsync(engine, new ProxySetup(), TestDestination.Serving("primary", Scripts.AnswerAsync("pong")));
        Proxy.Service<InternalFaults>().Injection = here =>
        {
            if (here is FaultPlace.Connection && Interlocked.Exchange(ref _thrown, 1) == 0)
            {
                throw new InvalidTimeZoneException("injected");
            }
        };

        await (await ConnectAsync()).ExpectResetAsync();

        Assert.Equal("internal_error", (await Proxy.LineAsync()).Outcome);
        Assert.Equal("pong", await CallAsync());
        Assert.Single(Proxy.Log.Events(EventIds.InternalFault));
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("internal_faults_total", "place=connection"));
    }
}
