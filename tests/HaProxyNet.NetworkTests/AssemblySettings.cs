// Scenarios wait more than they work: three at a time on two cores, each with ports or network namespaces of its own. What is measured is
// in the collection Alone.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.Collections, MaxThreads = 3)]
