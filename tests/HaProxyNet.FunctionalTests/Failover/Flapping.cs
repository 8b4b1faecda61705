using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.FunctionalTests.Failover;

/// <summary>A primary that comes and goes every second for a minute of the proxy's clock, with the default hold-down.</summary>
public sealed class Flapping : Scenario
{
    private const int Seconds = 60;
    private const int MostSwitches = 8;

    [Theory, ClassData<Engines>]
    public async Task PrimaryUpAndDownEverySecond_FewSwitchesAndNoCallFails(EngineKind engine)
    {
        var time = new FakeTimeProvider();
        var primary = TestDestination.Serving("primary", Scripts.AnswerAsync("1st."));
        var secondary = TestDestination.Serving("secondary", Scripts.AnswerAsync("2nd."));
        await StartAsync(engine, new ProxySetup { Time = time }, primary, secondary);
        var answers = new List<string>();
        for (var second = 0; second < Seconds; second++)
        {
            for (var tenth = 0; tenth < 10; tenth++)
            {
                answers.Add(await CallAsync());
                time.Advance(TimeSpan.FromMilliseconds(100));
            }

            if (second % 2 == 0)
            {
                primary.StopListening();
            }
            else
            {
                primary.Revive(Scripts.AnswerAsync("1st."));
            }
        }

        var switches = Proxy.Log.Events(EventIds.Failover).Count + Proxy.Log.Events(EventIds.Failback).Count;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{engine}: switches={switches} on_primary={answers.Count(a => a == "1st.")} of {answers.Count}");
        Assert.DoesNotContain("reset", answers);
        Assert.InRange(switches, 1, MostSwitches);
    }
}
