namespace HaProxyNet.NetworkTests.Fixture;

/// <summary>
/// What is measured (memory, processor time, a browser's second, a client's wait): one test at a time, with none next to it.
/// </summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class Alone;
