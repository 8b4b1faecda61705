using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.FunctionalTests.Probing;

/// <summary>A proxy whose clock the test turns, so that idle minutes take no time.</summary>
public abstract class ProbingScenario : Scenario
{
    /// <summary>The default interval with all that may be spread over it.</summary>
    private protected static readonly TimeSpan Idle = TimeSpan.FromSeconds(11.6);

    private protected FakeTimeProvider Time { get; } = new();

    private protected TestDestination Primary { get; } = TestDestination.Serving("primary", Scripts.AnswerAsync("1st."));

    private protected TestDestination Secondary { get; } = TestDestination.Serving("secondary", Scripts.AnswerAsync("2nd."));

    private protected Task StartAsync(EngineKind engine, params (string Key, string Value)[] settings)
        => StartAsync(engine, Setup(settings), Primary, Secondary);

    /// <summary>The turned clock would end probes that are under way.</summary>
    private protected ProxySetup Setup(params (string Key, string Value)[] settings) => new()
    {
        Time = Time,
        Cluster =
            settings.Append((Key: "Health:Timeout", Value: "1.00:00:00")).ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal),
    };

    private protected async Task<double> ProbesAsync(params string[] labels) => (await Proxy.ScrapeAsync()).Sum("probes_total", labels);

    /// <summary>Waits until there were so many probes.</summary>
    private protected Task ProbedAsync(double count, params string[] labels)
        => Eventually.TrueAsync(async () => await ProbesAsync(labels) >= count, () => $"{count} probes ({string.Join(", ", labels)})");

    /// <summary>Turns the clock bit by bit until something has come true.</summary>
    private protected Task TurnUntilAsync(Func<bool> condition, string expected, TimeSpan step) => Eventually.TrueAsync(
        () =>
        {
            Time.Advance(step);
            return Task.FromResult(condition());
        },
        () => expected);

    private protected Task IsUpAsync(string destination, bool isUp) => TurnUntilAsync(
        () => Proxy.IsUp(destination) == isUp, $"{destination} is {(isUp ? "up" : "down")}", TimeSpan.FromMilliseconds(50));
}
