namespace HaProxyNet.Tests.State.Selecting;

/// <summary>Tests that weigh the heap of the whole process: what others allocate meanwhile would be weighed as well.</summary>
[CollectionDefinition(nameof(MeasuredAlone), DisableParallelization = true)]
public sealed class MeasuredAlone;
