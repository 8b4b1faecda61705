namespace HaProxyNet.FunctionalTests.Fixture;

/// <summary>Scenarios that measure this process run alone, after all others.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
