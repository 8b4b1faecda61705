// Processes share two cores and the loopback: one scenario at a time, or they measure each other.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
