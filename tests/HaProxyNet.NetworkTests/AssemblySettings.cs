// Processes share two cores: two scenarios at a time, each with ports or network namespaces of its own. What is measured is in the
// collection Alone.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.Collections, MaxThreads = 2)]
