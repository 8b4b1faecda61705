namespace HaProxyNet.Tests.Configuration;

/// <summary>Tests that change the environment of the process: one at a time, and at the same time as no other test.</summary>
[CollectionDefinition(nameof(ProcessEnvironment), DisableParallelization = true)]
public sealed class ProcessEnvironment;
