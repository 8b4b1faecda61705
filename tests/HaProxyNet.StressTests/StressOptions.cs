using HaProxyNet.Configuration;
using HaProxyNet.StressTests.Planning;

namespace HaProxyNet.StressTests;

/// <summary>What to run.</summary>
/// <param name="Engines">The engines, one after the other.</param>
/// <param name="Duration">How long new connections are started, for each engine.</param>
/// <param name="Connections">The most connections for each engine.</param>
/// <param name="Concurrency">Connections at once.</param>
/// <param name="Seed">Where all plans come from.</param>
/// <param name="First">The number of the first connection.</param>
/// <param name="Only">The only scenario; all when none.</param>
internal sealed record StressOptions(
    IReadOnlyList<EngineKind> Engines, TimeSpan Duration, long Connections, int Concurrency, int Seed, long First, Scenario? Only);
